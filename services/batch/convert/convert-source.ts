import { learnedCostFactor } from '@reelway/shared/db/encode-costs/learned-factor.ts'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { findPreset } from '@reelway/shared/presets/catalogue.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { loudnessArgs } from '../ffmpeg/loudness-args.ts'
import { isHeard } from '../ffmpeg/sound-graph.ts'
import type { HeldLease } from '../lease.ts'
import { handOutParts } from '../parts/hand-out-parts.ts'
import { estimateReadingSeconds } from '../plan/estimate-reading.ts'
import { planTranscode } from '../plan/plan.ts'
import { type CopyDecision, planCopy } from '../plan/plan-copy.ts'
import { probeSource } from '../probe/probe.ts'
import { probeAssets } from '../probe/probe-assets.ts'
import type { SourceFacts } from '../probe/source-facts.ts'
import { summariseSource } from '../probe/summarise.ts'
import type { Failed, Refused } from '../refusal.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { type Assets, assetFault, readAssets } from '../source/read-assets.ts'
import { readSource, sourceFault } from '../source/read-source.ts'
import type { Source } from '../source/source.ts'
import { checkEnd } from '../transcode/check-end.ts'
import { LOGO_PATH } from '../transcode/logo-path.ts'
import { OUTPUT_LIMIT_BYTES } from '../transcode/output-limit.ts'
import { convertSound } from './convert-sound.ts'
import { copyWhole } from './copy-whole.ts'
import { encodeWhole } from './encode-whole.ts'
import { planLoudness } from './plan-loudness.ts'

/**
 * The work of one attempt at a whole task: source → probe → plan, and then either copy → store → complete, when the source
 * already is what was asked for, or transcode → store → complete, or, when that would take too long for one delivery, a job
 * for each part of the plan. Whatever it waits for may throw the reason for which the lease was aborted. Nothing of it stays
 * on disk.
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
  const planned = await makePlan(deps, held, { task, preset, source, assets })
  const unread = sourceFault(source) ?? assetFault(assets)
  if (unread !== undefined) return unread
  if (planned.kind !== 'planned') return planned
  const { plan, copying } = planned
  // A stream is always made anew, and in parts.
  const isStream = plan.renditions !== null
  if (copying.kind === 'copy' && !isStream) {
    const copied = await copyWhole(deps, held, { task, preset, plan, copy: copying.copy, source })
    if (copied.kind !== 'not-copied') return copied
  }
  if (plan.parts.length === 1 && !isStream) return await encodeWhole(deps, held, { task, preset, plan, source, assets })
  const incomplete = await checkWholeSource(deps, held, plan, source)
  return incomplete ?? (await handOutParts(deps, held, { task, plan, parts: plan.parts }))
}

type Planned = { kind: 'planned'; plan: EncodePlan; copying: CopyDecision }

const makePlan = async (
  deps: Dependencies,
  held: HeldLease,
  { task, preset, source, assets }: { task: TaskRow; preset: VideoPreset; source: Source; assets: Assets },
): Promise<Planned | Refused | Failed | { kind: 'superseded' }> => {
  const { binaries, threads } = deps
  const probed = await probeSource(binaries, source.url, held.signal)
  if (probed.kind !== 'probed') return probed
  const own = await probeAssets({ binaries, options: task.options, assetUrls: assets.urls, signal: held.signal })
  if (own.kind !== 'probed') return own
  const { facts } = probed
  const limits = {
    ...conversionLimits(deps.config.ACK_DEADLINE_SECONDS),
    cores: threads,
    costFactor: await learnedCostFactor(deps.db, preset.name),
    sourceBytes: task.sizeBytes,
  }
  const decided = planTranscode(facts, preset, task.options, limits, own.assets)
  const planned =
    decided.kind === 'planned' ? await withLoudness(deps, held, { task, source, assets, facts }, decided.plan) : decided
  if (planned.kind === 'failed') return planned
  const recorded = planned.kind === 'planned' ? planned.plan : null
  if (!(await recordPlan(deps.db, held.lease, recorded, summariseSource(facts)))) return { kind: 'superseded' }
  if (planned.kind === 'refused') return planned
  const { plan } = planned
  const limitBytes = OUTPUT_LIMIT_BYTES
  const copying = planCopy({ facts, preset, options: task.options, plan, sourceBytes: task.sizeBytes, limitBytes })
  return { kind: 'planned', plan, copying }
}

/** Before many begin with it: in the middle of it nobody sees that a source was cut short. Undefined: it is complete. */
const checkWholeSource = async (
  { binaries, config }: Dependencies,
  { signal }: HeldLease,
  plan: EncodePlan,
  source: Source,
): Promise<Refused | Failed | undefined> => {
  const { stallLimitSeconds } = conversionLimits(config.ACK_DEADLINE_SECONDS)
  const end = await checkEnd({ binaries, plan, sourceUrl: source.url, stallLimitSeconds, signal })
  const unread = sourceFault(source)
  if (unread !== undefined) return unread
  return end.kind === 'complete' ? undefined : end
}

/** The plan with the gain that its task asks for, if it does. */
const withLoudness = async (
  deps: Dependencies,
  held: HeldLease,
  { task, source, assets, facts }: { task: TaskRow; source: Source; assets: Assets; facts: SourceFacts },
  plan: EncodePlan,
): Promise<{ kind: 'planned'; plan: EncodePlan } | Refused | Failed> => {
  const { audio } = plan
  const asked = task.options.loudness
  // Nothing makes silence louder.
  if (asked === undefined || audio === null || !isHeard(plan)) return { kind: 'planned', plan }
  const read = { sourceBytes: task.sizeBytes, durationSeconds: facts.durationSeconds }
  const measured = await planLoudness(deps, held, {
    asked,
    run: {
      argvAt: () => loudnessArgs(plan, { sourceUrl: source.url, assetUrls: assets.urls, logoPath: LOGO_PATH }),
    },
    decodedSeconds: plan.source.endSeconds,
    readingSeconds: estimateReadingSeconds(read, plan.source.readSeconds),
    isEncodedHere: plan.parts.length === 1,
  })
  if (measured.kind !== 'gain') return measured
  return { kind: 'planned', plan: { ...plan, audio: { ...audio, gainDb: measured.gainDb } } }
}
