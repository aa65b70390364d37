import { readFile, rm, stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { CopyPlan } from '../ffmpeg/copy-plan.ts'
import { decodeKeyFramesArgs, keepKeyFramesArgs, listUnitsArgs } from '../ffmpeg/own-file-args.ts'
import { type RunResult, runFfmpeg } from '../ffmpeg/run.ts'
import { hasUserData } from './find-user-data.ts'
import { unitsIn } from './units-in.ts'
import { whyResized } from './why-resized.ts'

type Inspected = {
  binaries: Binaries
  copy: CopyPlan
  /** The file of the copy; others are made beside it. */
  outputPath: string
  wallClockLimitSeconds: number
  stallLimitSeconds: number
  signal: AbortSignal
}

const UNITS_LIMIT_BYTES = 32_000_000
const KEY_FRAMES_LIMIT_BYTES = 500_000_000
const TRIED_KEY_FRAMES = 50

/**
 * Looks into the packets of a copy: whether they can be decoded, are of one size and form from the first to the last, and say
 * nothing that is not to be said. The reason why it is not to be given to anybody; undefined: there is none.
 */
export const inspectCopy = async (inspected: Inspected): Promise<string | undefined> =>
  (await whyNotPlayed(inspected)) ?? (await whyChanging(inspected)) ?? (await whyIndiscreet(inspected))

const run = ({ binaries, signal, wallClockLimitSeconds, stallLimitSeconds }: Inspected, argv: string[]) =>
  runFfmpeg({ binary: binaries.ffmpeg, argv, signal, wallClockLimitSeconds, stallLimitSeconds })

/** ffmpeg's decoder of VP9 cannot skip all but key frames (5.1): of that, they are taken out first. */
const whyNotPlayed = async (inspected: Inspected): Promise<string | undefined> => {
  const { copy, outputPath } = inspected
  if (copy.videoCodec !== 'vp9') {
    return failure(await run(inspected, decodeKeyFramesArgs(outputPath, copy, TRIED_KEY_FRAMES)))
  }
  const path = `${outputPath}.keys`
  const taken = await run(inspected, keepKeyFramesArgs(outputPath, path, KEY_FRAMES_LIMIT_BYTES))
  if (taken.kind !== 'finished') return failure(taken)
  const { size } = await stat(path)
  if (size >= KEY_FRAMES_LIMIT_BYTES) return 'it has too many key frames to look at'
  const decoded = await run(inspected, decodeKeyFramesArgs(path, copy, null))
  await rm(path)
  return failure(decoded)
}

const failure = (result: RunResult): string | undefined =>
  result.kind === 'finished' ? undefined : `not all of it can be decoded to one size: ${result.stderrTail}`

/** Players set up their decoder by what stands in the container, once. Within VP9 only the size can change, also between key frames. */
const whyChanging = async (inspected: Inspected): Promise<string | undefined> => {
  if (inspected.copy.videoCodec === 'vp9') return await whyResized(inspected.outputPath, inspected.copy)
  if (inspected.copy.videoCodec !== 'h264') return undefined
  const listed = await listUnits(inspected, PARAMETERS)
  if (listed.kind === 'unlisted') return listed.reason
  const forms = new Set(unitsIn(listed.units).map((unit) => unit.toString('latin1')))
  return forms.size === 1 ? undefined : `the form of its picture changes: it has ${forms.size}`
}

/** Undefined also when its owner wants to keep where it was taken. */
const whyIndiscreet = async (inspected: Inspected): Promise<string | undefined> => {
  const { copy } = inspected
  if (copy.videoCodec !== 'h264' || copy.mayTellAll) return undefined
  const listed = await listUnits(inspected, MESSAGES)
  if (listed.kind === 'unlisted') return listed.reason
  return hasUserData(listed.units) ? 'its picture holds data of its camera' : undefined
}

// ISO/IEC 14496-10, table 7-1: supplemental enhancement information, and sequence parameter sets.
const MESSAGES = 6
const PARAMETERS = 7

type Listed = { kind: 'listed'; units: Buffer } | { kind: 'unlisted'; reason: string }

const listUnits = async (inspected: Inspected, type: number): Promise<Listed> => {
  const path = `${inspected.outputPath}.units`
  const result = await run(inspected, listUnitsArgs(inspected.outputPath, path, type, UNITS_LIMIT_BYTES))
  // Without any there is no file, which ffmpeg takes for an error.
  if (result.kind === 'failed' && /empty/i.test(result.stderrTail)) return { kind: 'listed', units: Buffer.alloc(0) }
  if (result.kind !== 'finished') return { kind: 'unlisted', reason: `${result.kind}: ${result.stderrTail}` }
  const units = await readFile(path)
  return units.length < UNITS_LIMIT_BYTES
    ? { kind: 'listed', units }
    : { kind: 'unlisted', reason: 'its packets hold too much beside the picture to look at' }
}
