import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import type { Failed, Refused } from '@reelway/batch/refusal.ts'
import type { HandedOver } from '@reelway/batch/transcode/hand-over.ts'
import { type Encoded, transcodeSource } from '@reelway/batch/transcode/transcode.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { presets, type VideoPresetName } from '@reelway/shared/presets/catalogue.ts'
import { z } from 'zod'
import { type Fault, serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'

export const binaries: Promise<Binaries> = findBinaries({ searchPath: process.env.PATH })

/** A new folder that is removed at the end of its scope. */
export const temporaryFolder = async (): Promise<AsyncDisposable & { path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'reelway-transcode-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export type Conversion = AsyncDisposable & {
  result: Encoded | HandedOver | Refused | Failed
  /** Of a conversion that got so far. */
  plan: EncodePlan | undefined
  outputPath: string
  requestedPaths: readonly string[]
  fractions: readonly number[]
}

/** Does with a test clip what batch does with an upload: serve, probe, plan, transcode. */
export const convertVideo = async (
  name: VideoName,
  presetName: VideoPresetName,
  { fault, options = {} }: { fault?: Fault; options?: TaskOptions } = {},
): Promise<Conversion> => {
  const folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo(name), fault)
  const outputPath = join(folder.path, 'result')
  const signal = AbortSignal.timeout(300_000)
  const fractions: number[] = []
  const ended = (result: Conversion['result'], plan?: EncodePlan): Conversion => ({
    result,
    plan,
    outputPath,
    requestedPaths: served.requestedPaths(),
    fractions,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  })

  const probed = await probeSource(await binaries, served.url, signal)
  if (probed.kind !== 'probed') return ended(probed)
  const planned = planTranscode(probed.facts, presets[presetName], options, {
    partBudgetSeconds: 480,
    wholeBudgetSeconds: 480,
    cores: 2,
    costFactor: 1,
    sourceBytes: 1,
  })
  if (planned.kind !== 'planned') return ended(planned)
  const result = await transcodeSource({
    binaries: await binaries,
    plan: planned.plan,
    sourceUrl: served.url,
    outputPath,
    threads: 2,
    wallClockLimitSeconds: 300,
    stallLimitSeconds: 30,
    signal,
    onProgress: (fraction) => fractions.push(fraction),
  })
  return ended(result, planned.plan)
}

const look = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string(),
      width: z.int().optional(),
      height: z.int().optional(),
      sample_aspect_ratio: z.string().optional(),
      r_frame_rate: z.string(),
      nb_read_frames: z.string().optional(),
      color_range: z.string().optional(),
      color_space: z.string().optional(),
      color_transfer: z.string().optional(),
      color_primaries: z.string().optional(),
      pix_fmt: z.string().optional(),
      channels: z.int().optional(),
      sample_rate: z.string().optional(),
      duration: z.string().optional(),
      side_data_list: z.array(z.unknown()).optional(),
    }),
  ),
  format: z.object({ duration: z.string(), tags: z.record(z.string(), z.string()).optional() }),
})

/** What an independent look at a file finds: every frame decoded and counted. */
export const lookAt = async (path: string) => {
  const argv = ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', path]
  const { stdout } = await promisify(execFile)((await binaries).ffprobe, argv)
  const { streams, format } = look.parse(JSON.parse(stdout))
  return {
    video: streams.find(({ codec_type }) => codec_type === 'video'),
    audio: streams.find(({ codec_type }) => codec_type === 'audio'),
    durationSeconds: Number(format.duration),
    tags: format.tags ?? {},
  }
}

/** The brightness (0 to 255) of one frame, averaged over a box in pixels. */
export const brightnessAt = async (
  path: string,
  seconds: number,
  box: { x: number; y: number; w: number; h: number },
) => {
  const filter = `crop=${box.w}:${box.h}:${box.x}:${box.y},scale=1:1:flags=area,format=gray`
  const argv = [
    '-v',
    'error',
    '-ss',
    String(seconds),
    '-i',
    path,
    '-frames:v',
    '1',
    '-vf',
    filter,
    '-f',
    'rawvideo',
    '-',
  ]
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, { encoding: 'buffer' })
  return stdout[0]
}

/** The loudest sample of a stretch of sound, in dB below full scale. */
export const loudnessBetween = async (path: string, fromSeconds: number, toSeconds: number): Promise<number> => {
  const argv = [
    '-hide_banner',
    '-i',
    path,
    '-af',
    `atrim=${fromSeconds}:${toSeconds},volumedetect`,
    '-vn',
    '-f',
    'null',
    '-',
  ]
  const { stderr } = await promisify(execFile)((await binaries).ffmpeg, argv)
  return Number(/max_volume: (-?[\d.]+|-inf) dB/.exec(stderr)?.[1]?.replace('-inf', '-Infinity') ?? Number.NaN)
}
