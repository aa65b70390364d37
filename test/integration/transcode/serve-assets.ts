import { randomUUID } from 'node:crypto'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import type { AssetUrls } from '@reelway/batch/ffmpeg/input-args.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import { probeAssets } from '@reelway/batch/probe/probe-assets.ts'
import { type TaskOptions, taskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries } from './convert-video.ts'

const optionNames = ['intro', 'outro', 'watermark'] as const

/** Test clips and pictures (by name, or files by path) as what the user put on, before and after, with what else these options say. */
export type Own = Partial<
  Record<(typeof optionNames)[number], { of: VideoName | { path: string }; [option: string]: unknown }>
>

export type ServedTask = AsyncDisposable & {
  sourceUrl: string
  assetUrls: AssetUrls
  options: TaskOptions
}

/** Serves a source and what its task uses of the user's own, each on loopback. */
export const serveTask = async (name: VideoName, own: Own, others: object = {}): Promise<ServedTask> => {
  const opened = new AsyncDisposableStack()
  const serve = async (of: VideoName | { path: string }) =>
    opened.use(await serveFile(typeof of === 'string' ? await makeVideo(of) : of.path)).url
  const assetUrls: AssetUrls = {}
  const options: Record<string, unknown> = { ...others }
  for (const option of optionNames) {
    const { of, ...rest } = own[option] ?? {}
    if (of === undefined) continue
    assetUrls[option] = await serve(of)
    options[option] = { asset: randomUUID(), ...rest }
  }
  return {
    sourceUrl: await serve(name),
    assetUrls,
    options: taskOptions.parse(options),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** The plan of a served task in one piece. Throws when it would be refused. */
export const planServed = async (
  { sourceUrl, assetUrls, options }: ServedTask,
  preset: VideoPreset,
): Promise<EncodePlan> => {
  const signal = new AbortController().signal
  const probed = await probeSource(await binaries, sourceUrl, signal)
  if (probed.kind !== 'probed') throw new Error(`not probed: ${probed.code}`)
  const assets = await probeAssets({ binaries: await binaries, assetUrls, options, signal })
  if (assets.kind !== 'probed') throw new Error(`not probed: ${JSON.stringify(assets)}`)
  const budgets = { partBudgetSeconds: 1e6, wholeBudgetSeconds: 1e6, cores: 2, costFactor: 1, sourceBytes: 1 }
  const planned = planTranscode(probed.facts, preset, options, budgets, assets.assets)
  if (planned.kind !== 'planned') throw new Error(`not planned: ${planned.code}`)
  return planned.plan
}
