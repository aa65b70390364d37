import { learnedCostFactor } from '@reelway/shared/db/encode-costs/learned-factor.ts'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { findPreset } from '@reelway/shared/presets/catalogue.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { conversionLimits } from './conversion-limits.ts'
import { convertSound } from './convert-sound.ts'
import type { Dependencies } from './dependencies.ts'
import { encodeWhole } from './encode-whole.ts'
import type { EncodePlan } from './ffmpeg/encode-plan.ts'
import { handOutParts } from './hand-out-parts.ts'
import type { HeldLease } from './lease.ts'
import { type Assets, assetFault, readAssets } from './read-assets.ts'
import { readSource, sourceFault } from './read-source.ts'
import type { AttemptResult } from './settle-attempt.ts'
import type { Source } from './source.ts'
import { checkEnd } from './transcode/check-end.ts'
import { planTranscode } from './transcode/plan.ts'
import { probeSource } from './transcode/probe.ts'
import { probeAssets } from './transcode/probe-assets.ts'
import type { Failed, Refused } from './transcode/refusal.ts'
import { summariseSource } from './transcode/summarise.ts'

/**
 * The work of one attempt at a whole task: source → probe → plan, and then either transcode → store → complete, or, when that
 * would take too long for one delivery, a job for each part of the plan. Whatever it waits for may throw the reason for which the
 * lease was aborted. Nothing of it stays on disk.
 */
export const convertSource = async (deps: Dependencies, held: HeldLease): Promise<AttemptResult> => {
  const task = await startTask(deps.db, held.lease)
  if (task === undefined) return { kind: 'superseded' }
  const preset = findPreset(task.preset)
  // Known to web but not to us: a newer revision of batch will know it.
  if (preset === undefined) return { kind: 'failed', code: 'internal', detail: `no preset ${task.preset}` }

  await using source = await readSource(deps, task)
  if (preset.video === null) return await convertSound(deps, held, { task, preset, source })
  await using assets = await readAssets(deps, task)
  const missing = assetFault(assets)
  if (missing !== undefined) return missing
  const planned = await plan(deps, held, { task, preset, source, assets })
  const unread = sourceFault(source) ?? assetFault(assets)
  if (unread !== undefined) return unread
  if (planned.kind !== 'planned') return planned
  return planned.plan.parts.length === 1
    ? await encodeWhole(deps, held, { task, preset, plan: planned.plan, source, assets })
    : await handOutParts(deps, held, { task, plan: planned.plan, parts: planned.plan.parts })
}

type Planned = { kind: 'planned'; plan: EncodePlan }

const plan = async (
  deps: Dependencies,
  held: HeldLease,
  { task, preset, source, assets }: { task: TaskRow; preset: VideoPreset; source: Source; assets: Assets },
): Promise<Planned | Refused | Failed | { kind: 'superseded' }> => {
  const { binaries, threads } = deps
  const probed = await probeSource(binaries, source.url, held.signal)
  if (probed.kind !== 'probed') return probed
  const own = await probeAssets({ binaries, options: task.options, assetUrls: assets.urls, signal: held.signal })
  if (own.kind !== 'probed') return own
  const { stallLimitSeconds, ...budgets } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  const planned = planTranscode(
    probed.facts,
    preset,
    task.options,
    {
      ...budgets,
      cores: threads,
      costFactor: await learnedCostFactor(deps.db, preset.name),
      sourceBytes: task.sizeBytes,
    },
    own.assets,
  )
  const recorded = planned.kind === 'planned' ? planned.plan : null
  if (!(await recordPlan(deps.db, held.lease, recorded, summariseSource(probed.facts)))) return { kind: 'superseded' }
  if (planned.kind === 'refused' || planned.plan.parts.length === 1) return planned
  // Before many begin with it: in the middle of it nobody sees that a source was cut short.
  const request = { binaries, plan: planned.plan, sourceUrl: source.url, stallLimitSeconds, signal: held.signal }
  const end = await checkEnd(request)
  return end.kind === 'complete' ? planned : end
}
