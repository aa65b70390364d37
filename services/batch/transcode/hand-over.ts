import { rename, stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { listPicturePacketsArgs, webmToMp4Args } from '../ffmpeg/own-file-args.ts'
import { renditionPath } from '../ffmpeg/rendition-args.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { gatherRenditions } from '../verify/gather-renditions.ts'

/**
 * Time is up. The first `kept` frames from the start of the part (or of the whole) are the first of the picture track of the
 * mp4 at the output path; what comes after them there, or beside them, is of no use. 0: nothing is, nor is the file.
 */
export type HandedOver = { kind: 'handed-over'; kept: number; sizeBytes: number; encodeSeconds: number }

/** A run that was stopped, and the file that it left. */
export type Stopped = {
  binaries: Binaries
  plan: EncodePlan
  outputPath: string
  container: EncodePlan['container']['format']
  encodeSeconds: number
  signal: AbortSignal
}

// Reading or copying a file of ours on the disk takes a second for each gigabyte or two.
const LIMIT_SECONDS = 20

// So many frames at most one size of a picture is behind the first when ffmpeg is told to stop: frames wait in queues of eight (5.1).
const BEHIND_FRAMES = 32

/**
 * What can be used of the picture of a run that was stopped: the frames before its last key frame, of those that had been
 * encoded by then (`framesDone`; later ones may have been made up to fill the plan). An abort throws the signal's reason.
 */
export const handOver = async (
  { binaries, plan, outputPath, container, encodeSeconds, signal }: Stopped,
  { framesDone, isClosed }: { framesDone: number; isClosed: boolean },
): Promise<HandedOver> => {
  const nothing: HandedOver = { kind: 'handed-over', kept: 0, sizeBytes: 0, encodeSeconds }
  if (!isClosed || framesDone <= (plan.renditions === null ? 0 : BEHIND_FRAMES)) return nothing
  const run = (argv: string[]) =>
    runFfmpeg({
      binary: binaries.ffmpeg,
      argv,
      signal,
      wallClockLimitSeconds: LIMIT_SECONDS,
      stallLimitSeconds: LIMIT_SECONDS,
    })
  if (container === 'webm') {
    const copied = await run(webmToMp4Args(plan, outputPath, `${outputPath}.mp4`))
    if (copied.kind !== 'finished') return nothing
    await rename(`${outputPath}.mp4`, outputPath)
  }
  const { renditions } = plan
  const first = renditions === null ? outputPath : renditionPath(outputPath, 0)
  const listed = await run(listPicturePacketsArgs(first, renditions === null ? framesDone : framesDone - BEHIND_FRAMES))
  const kept = listed.kind === 'finished' ? (listed.sourceRecord[0]?.packetsBeforeLastKey ?? 0) : 0
  if (kept === 0) return nothing
  const sizeBytes =
    renditions === null ? (await stat(outputPath)).size : await gatherRenditions(outputPath, renditions.length)
  return { ...nothing, kept, sizeBytes }
}
