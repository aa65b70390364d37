import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CopyPlan } from '@reelway/batch/ffmpeg/copy-plan.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { planCopy } from '@reelway/batch/plan/plan-copy.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import { type Copied, copySource, type Unsuited } from '@reelway/batch/transcode/copy-source.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, temporaryFolder } from './convert-video.ts'

type Copying = AsyncDisposable & {
  result: Copied | Unsuited | { kind: 'encode'; reason: string }
  copy: CopyPlan | undefined
  sourcePath: string
  outputPath: string
}

/** Does with a test clip what batch does with an upload that may be copied: serve, probe, plan, copy, verify. */
export const copyVideo = async (name: VideoName, preset: VideoPreset, options: TaskOptions = {}): Promise<Copying> => {
  const folder = await temporaryFolder()
  const sourcePath = await makeVideo(name)
  await using served = await serveFile(sourcePath)
  const signal = AbortSignal.timeout(300_000)
  const outputPath = join(folder.path, `result.${preset.container.extension}`)
  const ended = (result: Copying['result'], copy?: CopyPlan): Copying => ({
    ...{ result, copy, sourcePath, outputPath },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  })

  const probed = await probeSource(await binaries, served.url, signal)
  if (probed.kind !== 'probed') throw new Error(`not probed: ${probed.code}`)
  const { size: sourceBytes } = await stat(sourcePath)
  const budgets = { partBudgetSeconds: 480, wholeBudgetSeconds: 480, cores: 2, costFactor: 1 }
  const planned = planTranscode(probed.facts, preset, options, { ...budgets, sourceBytes })
  if (planned.kind !== 'planned') throw new Error(`not planned: ${planned.code}`)
  const { plan } = planned
  const decided = planCopy({ facts: probed.facts, preset, options, plan, sourceBytes, limitBytes: 2_000_000_000 })
  if (decided.kind === 'encode') return ended(decided)
  const result = await copySource({
    binaries: await binaries,
    copy: decided.copy,
    plan,
    sourceUrl: served.url,
    outputPath,
    outputLimitBytes: 2_000_000_000,
    wallClockLimitSeconds: 300,
    stallLimitSeconds: 30,
    signal,
    onProgress: () => undefined,
  })
  return ended(result, decided.copy)
}
