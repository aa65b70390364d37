import { handOverPart } from '@reelway/shared/db/parts/hand-over.ts'
import type { Part } from '@reelway/shared/db/parts/part.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import type { HeldLease } from '../lease.ts'
import { cutRest } from '../plan/cut-rest.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import type { HandedOver } from '../transcode/hand-over.ts'
import { storePart } from './store-part.ts'

type Unfinished = { plan: EncodePlan; part: Part; path: string; encoded: HandedOver }

/**
 * Ends an attempt at a part that would not have been done by its deadline: its first `kept` frames are stored as a part, what is
 * left becomes parts of its own, cut by the speed that was seen. Refused when it cannot be cut any smaller.
 */
export const passOnRest = async (
  deps: Dependencies,
  held: HeldLease,
  { plan, part, path, encoded }: Unfinished,
): Promise<AttemptResult> => {
  const { partBudgetSeconds, handOverAfterSeconds } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  const { kept: keptFrames, encodeSeconds } = encoded
  const cut = cutRest({ plan, part: planPartOf(part), kept: keptFrames, encodeSeconds, partBudgetSeconds })
  if (cut.kind === 'cannot-be-cut') {
    return { kind: 'refused', code: 'conversion_timed_out', parameters: { limitSeconds: handOverAfterSeconds } }
  }
  const kept =
    cut.kept === null
      ? null
      : { end: cut.kept.end, stored: await storePart(deps, held, part.id, { ...encoded, path, lead: 0 }) }
  const handed = await handOverPart(deps.db, held.lease, part.id, { kept, rest: cut.rest })
  if (handed !== 'superseded') return { kind: 'handed-over' }
  if (kept !== null) await deleteObject(deps.outputs, kept.stored.objectName, kept.stored.generation)
  return { kind: 'superseded' }
}

/** A part of the database as the plan has it. */
export const planPartOf = ({ stream, start, end, weight }: Part): PlanPart => ({ stream, start, end, weight })
