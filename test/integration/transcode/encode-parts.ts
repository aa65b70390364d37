import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { EncodePlan, PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import type { AssetUrls } from '@reelway/batch/ffmpeg/input-args.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import { type EncodedPart, encodePart } from '@reelway/batch/transcode/encode-part.ts'
import { transcodeSource } from '@reelway/batch/transcode/transcode.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { binaries } from './convert-video.ts'

const limits = { stallLimitSeconds: 60, threads: 2, onProgress: () => undefined }

/** The plan of a source for a preset, in one piece. Throws when it would be refused. */
export const wholePlan = async (
  sourceUrl: string,
  preset: VideoPreset,
  options: TaskOptions = {},
): Promise<EncodePlan> => {
  const probed = await probeSource(await binaries, sourceUrl, new AbortController().signal)
  if (probed.kind !== 'probed') throw new Error(`not probed: ${probed.code}`)
  const budgets = { partBudgetSeconds: 1e6, wholeBudgetSeconds: 1e6 }
  const planned = planTranscode(probed.facts, preset, options, { ...budgets, cores: 2, costFactor: 1, sourceBytes: 1 })
  if (planned.kind !== 'planned') throw new Error(`not planned: ${planned.code}`)
  return planned.plan
}

/** Encodes all of a plan in one run, into `folder`; the path of the result. Throws when it does not succeed. */
export const encodeWhole = async (
  plan: EncodePlan,
  sourceUrl: string,
  folder: string,
  { name = 'whole', assetUrls = {} }: { name?: string; assetUrls?: AssetUrls } = {},
): Promise<string> => {
  const outputPath = join(folder, name)
  const signal = new AbortController().signal
  const request = {
    ...limits,
    binaries: await binaries,
    plan,
    sourceUrl,
    assetUrls,
    outputPath,
    wallClockLimitSeconds: 600,
    signal,
  }
  const result = await transcodeSource(request)
  if (result.kind !== 'encoded') throw new Error(JSON.stringify(result))
  return outputPath
}

export type PartOnDisk = EncodedPart & { part: PlanPart; path: string }

/** Encodes one part, into `folder`. Throws when it does not succeed. */
export const encodeOne = async (
  plan: EncodePlan,
  part: PlanPart,
  sourceUrl: string,
  folder: string,
  assetUrls: AssetUrls = {},
): Promise<PartOnDisk> => {
  const path = join(folder, `${part.stream}-${part.start}.mp4`)
  const signal = new AbortController().signal
  const request = { ...limits, binaries: await binaries, plan, part, sourceUrl, assetUrls, outputPath: path, signal }
  const result = await encodePart({ ...request, handOverAfterSeconds: 600 })
  if (result.kind !== 'encoded-part') throw new Error(JSON.stringify(result))
  return { ...result, part, path }
}

/** Ranges that meet at the given borders, from 0 to the last. */
export const rangesOf = (stream: PlanPart['stream'], borders: readonly number[]): PlanPart[] =>
  borders.map((end, index) => ({ stream, start: borders[index - 1] ?? 0, end, weight: 1 / borders.length }))

/** What each decoded frame of the picture of a file looks like, as a checksum; or each after a filter. */
export const framesOf = (path: string, filter = 'null'): Promise<string[]> =>
  checksums(path, '-map', '0:v:0', '-vf', filter, '-f', 'framemd5')

/** What each packet of the sound of a file holds, as a checksum. */
export const soundPacketsOf = (path: string): Promise<string[]> =>
  checksums(path, '-map', '0:a:0', '-c', 'copy', '-f', 'framemd5')

const checksums = async (path: string, ...argv: string[]): Promise<string[]> => {
  const { ffmpeg } = await binaries
  const all = ['-nostdin', '-v', 'error', '-i', path, ...argv, '-']
  const { stdout } = await promisify(execFile)(ffmpeg, all, { maxBuffer: 64 * 1024 * 1024 })
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  // Behind it there may be the checksums of what lies beside a packet.
  return lines.map((line) => line.split(',')[5]?.trim() ?? '')
}
