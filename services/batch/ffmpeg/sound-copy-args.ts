import type { EncodeFiles } from './args.ts'
import { untrustedInput } from './hardening.ts'
import { metadataArgs } from './metadata-args.ts'
import { recordArgs, runArgs } from './output-args.ts'
import { readOn } from './read-on.ts'
import { soundContainerArgs } from './sound-container-args.ts'
import type { SoundPlan } from './sound-plan.ts'

/** THE FFMPEG ARGUMENTS of a copy of a sound: its packets as they are, in a file of the planned kind. */
export const soundCopyArgs = (plan: SoundPlan, files: Omit<EncodeFiles, 'logoPath' | 'threads'>): string[] => [
  ...runArgs,
  ...untrustedInput,
  ...readOn,
  ...['-i', files.sourceUrl],
  ...['-map', `0:${plan.source.audioIndex}`, '-c:a', 'copy'],
  ...metadataArgs({ ...plan, audio: plan.encoder }),
  ...soundContainerArgs(plan),
  ...['-fs', String(files.outputLimitBytes)],
  `file:${files.outputPath}`,
  ...recordArgs([plan.source.audioIndex]),
]
