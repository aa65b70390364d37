import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'

/** The plan that batch would make for a source. Throws when it would refuse it. */
export const planFor = async (binaries: Binaries, sourceUrl: string, preset: VideoPreset): Promise<EncodePlan> => {
  const probed = await probeSource(binaries, sourceUrl, new AbortController().signal)
  if (probed.kind !== 'probed') throw new Error(`the source was not probed: ${probed.code}`)
  const planned = planTranscode(
    probed.facts,
    preset,
    {},
    {
      partBudgetSeconds: 3600,
      wholeBudgetSeconds: 3600,
      cores: 2,
      costFactor: 1,
      sourceBytes: 1,
    },
  )
  if (planned.kind !== 'planned') throw new Error(`there is no plan: ${planned.code}`)
  return planned.plan
}
