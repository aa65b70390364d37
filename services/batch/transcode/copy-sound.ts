import { stat } from 'node:fs/promises'
import { resultProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import { soundCopyArgs } from '../ffmpeg/sound-copy-args.ts'
import type { StreamRecord } from '../ffmpeg/source-record.ts'
import { probeReport } from '../probe/probe-report.ts'
import type { Unsuited } from './copy-source.ts'
import { OUTPUT_LIMIT_BYTES } from './output-limit.ts'
import type { EncodedSound, SoundRequest } from './transcode-sound.ts'

// Containers round to their ticks; the last packet often has no length of its own, and LAME's delay is heard in a copy.
const TOLERANCE_SECONDS = 0.1
// The encoder's delay, which a container may take away.
const UNSHOWN_PACKETS = 4
const MENDED_TIMES = /monoton|out of order|Timestamps are unset|no value|Invalid (DTS|PTS)|pts < dts/i

/**
 * Copies the packets of a sound, and proves that all of them are there. unsuited: they are not what their description promised, and have
 * to be encoded. An abort throws the signal's reason; the caller asks its own record of reads before it believes that.
 */
export const copySound = async (request: SoundRequest): Promise<EncodedSound | Unsuited> => {
  const { binaries, plan, signal, outputPath, outputLimitBytes = OUTPUT_LIMIT_BYTES } = request
  const { wallClockLimitSeconds, stallLimitSeconds } = request
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: soundCopyArgs(plan, {
      ...{ sourceUrl: request.sourceUrl, outputPath, outputLimitBytes },
      ...(request.coverPath !== undefined && { coverPath: request.coverPath }),
    }),
    ...{ signal, wallClockLimitSeconds, stallLimitSeconds, outputLimitBytes },
  })
  if (run.kind !== 'finished') return unsuited(`${run.kind}: ${run.stderrTail}`)
  if (MENDED_TIMES.test(run.stderrTail)) return unsuited(`its times are not in order: ${run.stderrTail}`)
  const [source] = run.sourceRecord
  if (source === undefined || source.packets === 0) return unsuited('it holds no sound')
  if (source.unshownPackets > UNSHOWN_PACKETS) return unsuited('some of it is damaged, or not to be heard')
  if (plan.source.endSeconds - source.endSeconds > END_TOLERANCE_SECONDS) return unsuited('it ends before its end')
  return await verify(request, source)
}

// As short-sound.ts: less than this is not seen as missing.
const END_TOLERANCE_SECONDS = 0.25

const unsuited = (reason: string): Unsuited => ({ kind: 'unsuited', reason })

const verify = async (
  { binaries, plan, outputPath, coverPath, signal }: SoundRequest,
  source: StreamRecord,
): Promise<EncodedSound | Unsuited> => {
  const result = await runFfprobe(binaries.ffprobe, resultProbeArgs(outputPath), signal)
  if (result.kind !== 'finished') return unsuited(`it cannot be read: ${result.kind}`)
  const { streams, format } = probeReport.parse(JSON.parse(result.stdout))
  const sound = streams.find(({ codec_type }) => codec_type === 'audio')
  const found = `${streams.length} streams, ${sound?.codec_name}, ${sound?.nb_read_packets} packets`
  const expected = `${coverPath === undefined ? 1 : 2} streams, ${plan.encoder.codec}, ${source.packets} packets`
  if (found !== expected) return unsuited(`found ${found}, in the source ${expected}`)
  const durationSeconds = format.duration ?? 0
  const expectedSeconds = source.endSeconds - Math.max(0, source.firstStartSeconds ?? 0)
  if (Math.abs(durationSeconds - expectedSeconds) > TOLERANCE_SECONDS) {
    return unsuited(`it lasts ${durationSeconds} s, in the source ${expectedSeconds}`)
  }
  return { kind: 'encoded', output: { durationSeconds, sizeBytes: (await stat(outputPath)).size } }
}
