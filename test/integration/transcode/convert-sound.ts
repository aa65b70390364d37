import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loudnessOfSoundArgs } from '@reelway/batch/ffmpeg/loudness-args.ts'
import { type SoundPlan, soundPlan } from '@reelway/batch/ffmpeg/sound-plan.ts'
import { planGain } from '@reelway/batch/plan/plan-gain.ts'
import { planSoundAlone } from '@reelway/batch/plan/plan-sound-alone.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import type { Failed, Refused } from '@reelway/batch/refusal.ts'
import { makeCover } from '@reelway/batch/transcode/make-cover.ts'
import { measureLoudness } from '@reelway/batch/transcode/measure-loudness.ts'
import { soundEntryPoints } from '@reelway/batch/transcode/sound-entry-points.ts'
import { type EncodedSound, transcodeSound } from '@reelway/batch/transcode/transcode-sound.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { presets, type SoundPresetName } from '@reelway/shared/presets/catalogue.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, temporaryFolder } from './convert-video.ts'

export type SoundConversion = AsyncDisposable & {
  result: EncodedSound | Refused | Failed
  plan: SoundPlan | undefined
  outputPath: string
  fractions: readonly number[]
  /** What was sent of the source, to all that read it. */
  bytesSent: number
}

/** Does with a test clip what batch does with an upload whose task asks for sound alone. */
export const convertSound = async (
  name: VideoName,
  presetName: SoundPresetName,
  options: TaskOptions = {},
  outputLimitBytes?: number,
): Promise<SoundConversion> => {
  const folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo(name))
  const outputPath = join(folder.path, `result.${presets[presetName].container.extension}`)
  const signal = AbortSignal.timeout(300_000)
  const fractions: number[] = []
  const ended = (result: SoundConversion['result'], plan?: SoundPlan): SoundConversion => ({
    result,
    plan,
    outputPath,
    fractions,
    bytesSent: served.bytesSent(),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  })
  const probed = await probeSource(await binaries, served.url, signal)
  if (probed.kind !== 'probed') return ended(probed)
  const limits = { soundBudgetSeconds: 400, sourceBytes: 1, outputLimitBytes: 1e9 }
  const planned = planSoundAlone(probed.facts, presets[presetName], options, limits)
  if (planned.kind !== 'planned') return ended(planned)
  const plan = options.loudness === undefined ? planned.plan : await louder(planned.plan, served.url, options.loudness)
  const coverPath = join(folder.path, 'cover.jpg')
  const cover = await makeCover({ binaries: await binaries, plan, sourceUrl: served.url, coverPath, signal })
  const result = await transcodeSound({
    ...(cover.kind === 'made' && { coverPath }),
    binaries: await binaries,
    plan: soundPlan.parse(JSON.parse(JSON.stringify(plan))),
    sourceUrl: served.url,
    outputPath,
    wallClockLimitSeconds: 300,
    stallLimitSeconds: 30,
    ...(outputLimitBytes !== undefined && { outputLimitBytes }),
    signal,
    onProgress: (fraction) => fractions.push(fraction),
  })
  return ended(result, plan)
}

const louder = async (
  plan: SoundPlan,
  sourceUrl: string,
  asked: NonNullable<TaskOptions['loudness']>,
): Promise<SoundPlan> => {
  const limits = { wallClockLimitSeconds: 300, stallLimitSeconds: 60, signal: AbortSignal.timeout(300_000) }
  const measured = await measureLoudness({
    ...{ ...limits, binaries: await binaries, entryPoints: soundEntryPoints(plan) },
    argvAt: ({ fromSeconds }) => loudnessOfSoundArgs(plan, sourceUrl, fromSeconds),
  })
  if (measured.kind !== 'measured') throw new Error(JSON.stringify(measured))
  return { ...plan, gainDb: planGain(measured.loudness, asked) }
}

/** What a player gets of the sound of a file: its first channel, as samples from -1 to 1 at 48 kHz, without what an encoder adds. */
export const samplesOf = async (path: string): Promise<Float32Array> => {
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-map', '0:a:0', '-af', 'pan=mono|c0=c0,aresample=48000']
  const raw = [...argv, '-f', 'f32le', '-']
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, raw, {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
  })
  return new Float32Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length - (stdout.length % 4)),
  )
}

/**
 * By how many samples `found` is later than `original`, and how alike they are then (1: the same but for loudness), for a stretch
 * of the original of so many samples from `from` on. Noise has one such place, a tone one for each of its periods.
 */
export const alignment = (
  original: Float32Array,
  found: Float32Array,
  { from, length, most }: { from: number; length: number; most: number },
): { lateBy: number; likeness: number } => {
  let best = { lateBy: 0, likeness: -1 }
  const stretch = original.subarray(from, from + length)
  const energy = Math.hypot(...stretch)
  for (let lateBy = -most; lateBy <= most; lateBy += 1) {
    if (from + lateBy < 0 || from + lateBy + length > found.length) continue
    const other = found.subarray(from + lateBy, from + lateBy + length)
    let sum = 0
    for (let index = 0; index < length; index += 1) sum += (stretch[index] ?? 0) * (other[index] ?? 0)
    const likeness = sum / (energy * Math.hypot(...other) || 1)
    if (likeness > best.likeness) best = { lateBy, likeness }
  }
  return best
}
