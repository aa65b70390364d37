import { coverInput, coverStream } from './cover-args.ts'
import { untrustedInput } from './hardening.ts'
import { metadataArgs } from './metadata-args.ts'
import { recordArgs, runArgs } from './output-args.ts'
import { readOn } from './read-on.ts'
import type { SoundFiles } from './sound-args.ts'
import { soundContainerArgs } from './sound-container-args.ts'
import type { SoundPlan } from './sound-plan.ts'

/** THE FFMPEG ARGUMENTS of a copy of a sound: its packets as they are, in a file of the planned kind. */
export const soundCopyArgs = (plan: SoundPlan, files: SoundFiles): string[] => [
  ...runArgs,
  ...untrustedInput,
  ...readOn,
  ...['-i', files.sourceUrl],
  ...coverInput(files.coverPath),
  ...['-map', `0:${plan.source.audioIndex}`, '-c:a', 'copy'],
  ...metadataArgs({ ...plan, audio: plan.encoder }),
  ...coverStream(files.coverPath),
  ...soundContainerArgs(plan),
  ...['-fs', String(files.outputLimitBytes)],
  `file:${files.outputPath}`,
  ...recordArgs([plan.source.audioIndex]),
]
