import { announceProgress, type Milestone } from './announce-progress.ts'
import type { ChoiceFault } from './judge-facts.ts'
import type { QueuedUpload } from './queued-upload.ts'

/** What keeps an upload from becoming a task; of a choice each reason is one of its own. */
export type UploadTrouble = 'failed' | 'refused' | ChoiceFault['kind']

/** What was said of an upload last: how far it was, and the trouble that it still has. */
export type Told = { readonly milestone: Milestone | undefined; readonly trouble: UploadTrouble | undefined }

const NOTHING: Told = { milestone: undefined, trouble: undefined }

/**
 * What is to be said of an upload to who does not see it, after `before` was said; `news` is undefined when there is nothing new. Trouble that
 * went and came back is said again.
 */
export const tellUpload = (
  upload: Pick<QueuedUpload, 'status' | 'choiceFault' | 'sentBytes' | 'sizeBytes'>,
  before: Told = NOTHING,
): { news: Milestone | UploadTrouble | undefined; told: Told } => {
  const { kind } = upload.status
  const trouble = kind === 'refused' || kind === 'failed' ? kind : upload.choiceFault?.kind
  if (trouble !== undefined && trouble !== before.trouble) {
    // What failed begins anew.
    const milestone = trouble === 'failed' ? undefined : before.milestone
    return { news: trouble, told: { milestone, trouble } }
  }
  const milestone = nextMilestone(upload, before.milestone)
  return { news: milestone, told: { milestone: milestone ?? before.milestone, trouble } }
}

const nextMilestone = (
  { status, sentBytes, sizeBytes }: Pick<QueuedUpload, 'status' | 'sentBytes' | 'sizeBytes'>,
  last: Milestone | undefined,
): Milestone | undefined => {
  if (status.kind === 'done') return announceProgress(last, 1)
  // The end is said when all is there, and checked.
  return status.kind === 'sending' ? announceProgress(last, Math.min(0.99, sentBytes / sizeBytes)) : undefined
}
