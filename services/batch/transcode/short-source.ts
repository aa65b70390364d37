import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import { sourceEnd } from '../probe/source-end.ts'
import type { Refused } from '../refusal.ts'

/** The refusal of a source that did not hold what it announced, by the packets that were read of it; undefined when it did. */
export const shortSource = (plan: EncodePlan, record: SourceRecord): Refused | undefined => {
  const end = sourceEnd(plan, record)
  switch (end.kind) {
    case 'complete':
      return undefined
    case 'empty':
      return { kind: 'refused', code: 'source_undecodable', parameters: {} }
    case 'truncated': {
      const { announcedSeconds, foundSeconds } = end
      return { kind: 'refused', code: 'source_truncated', parameters: { announcedSeconds, foundSeconds } }
    }
    default:
      return end satisfies never
  }
}
