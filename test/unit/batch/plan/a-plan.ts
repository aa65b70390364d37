import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { type PlanLimits, planTranscode } from '@reelway/batch/plan/plan.ts'
import type { VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { someFacts } from '../probe/some-facts.ts'

/** The plan of an ordinary source of so many seconds, 1080p60 with sound unless `video` says otherwise. */
export const aPlan = (
  seconds: number,
  limits: Partial<PlanLimits> = {},
  { preset = mp4720p, video = {} }: { preset?: VideoPreset; video?: Partial<VideoFacts> } = {},
): EncodePlan => {
  const facts = someFacts({ durationSeconds: seconds, video: { endSeconds: seconds, ...video } })
  const budgets = { partBudgetSeconds: 200, wholeBudgetSeconds: 300, cores: 2, costFactor: 1, sourceBytes: 1 }
  const planned = planTranscode(facts, preset, {}, { ...budgets, ...limits })
  if (planned.kind !== 'planned') throw new Error(`not planned: ${planned.code}`)
  return planned.plan
}
