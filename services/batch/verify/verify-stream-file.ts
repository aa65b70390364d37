import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan, Rendition } from '../ffmpeg/encode-plan.ts'
import { storedProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import { countSoundPackets } from '../ffmpeg/sound-packets.ts'
import { probeReport } from '../probe/probe-report.ts'

/** Of a larger file only what it announces is compared: its packets have been counted part by part, its bytes have a checksum. */
const COUNTED_UP_TO_BYTES = 300_000_000

/**
 * Compares a stored file of a stream, at a URL of our loopback source, with the plan: its one track, its codec, size and packets.
 * Undefined when it is what was planned, else why not. An abort throws the signal's reason.
 */
export const verifyStreamFile = async (
  binaries: Binaries,
  { url, sizeBytes }: { url: string; sizeBytes: number },
  { plan, rendition }: { plan: EncodePlan; rendition: Rendition | null },
  signal: AbortSignal,
): Promise<string | undefined> => {
  const isCounted = sizeBytes <= COUNTED_UP_TO_BYTES
  const result = await runFfprobe(binaries.ffprobe, storedProbeArgs(url, isCounted), signal)
  if (result.kind !== 'finished')
    return `it cannot be read: ${result.kind === 'failed' ? result.stderrTail : result.kind}`
  const { streams } = probeReport.parse(JSON.parse(result.stdout))
  const found = streams.map(({ codec_name, width, height, nb_read_packets }) =>
    describe(codec_name, width, height, isCounted ? nb_read_packets : undefined),
  )
  const planned =
    rendition === null
      ? describe(plan.audio?.codec, undefined, undefined, isCounted ? soundPackets(plan) : undefined)
      : describe(plan.video.codec, rendition.width, rendition.height, isCounted ? plan.frames.total : undefined)
  return found.join(' and ') === planned ? undefined : `found ${found.join(' and ')}, planned ${planned}`
}

/** All but the encoder's first, of which nothing is heard. */
const soundPackets = ({ audio }: EncodePlan): number => (audio === null ? 0 : countSoundPackets(audio) - 1)

const describe = (codec?: string, width?: number, height?: number, packets?: number): string =>
  [codec, width === undefined ? '' : `${width}x${height}`, packets === undefined ? '' : `${packets} packets`].join(' ')
