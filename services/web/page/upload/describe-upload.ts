import type { Drive } from './drive-upload.ts'
import { isUnderWay } from './transfer.ts'
import type { TransferFailure } from './transfer-failure.ts'

/** What a person sees of how an upload is doing. */
export type UploadStatus =
  | { readonly kind: 'in-line' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'sending' }
  /** a pause after a failure that passes: the network is away, or the storage has too much to do */
  | { readonly kind: 'trying-again' }
  /** everything but the last bytes is there; they wait for a choice */
  | { readonly kind: 'choosing' }
  | { readonly kind: 'paused' }
  /** everything is there: the last checks */
  | { readonly kind: 'finishing' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: TransferFailure }

/** How an upload with its file is doing. `isWanted`: it is not paused, and goes on when its turn comes. */
export const describeUpload = (drive: Drive, isWanted: boolean): UploadStatus => {
  const { transfer, failure, task, isConfirming, isChoosing } = drive
  if (task !== null) return { kind: 'done' }
  if (failure !== null) return { kind: 'failed', failure }
  if (isConfirming) return { kind: 'finishing' }
  if (transfer === null || transfer.phase.kind === 'paused') return { kind: isWanted ? 'in-line' : 'paused' }
  const { phase } = transfer
  switch (phase.kind) {
    case 'opening':
    case 'asking':
      return { kind: transfer.failures > 0 ? 'trying-again' : 'starting' }
    case 'sending':
      return { kind: 'sending' }
    case 'waiting':
      return { kind: 'trying-again' }
    case 'holding':
      return { kind: isChoosing ? 'choosing' : 'finishing' }
    case 'failed':
      return { kind: 'failed', failure: phase.failure }
    case 'stored':
      return { kind: 'finishing' }
    default:
      return phase satisfies never
  }
}

/** True while leaving the page would cost the person something: bytes are on their way, or the last word is. */
export const isAtWork = ({ transfer, isConfirming }: Drive): boolean =>
  isConfirming || (transfer !== null && isUnderWay(transfer))
