import type { TransferFailure } from './transfer-failure.ts'

/** How the bytes of one file are brought to Cloud Storage: where that stands, and what is being done. */
export type Transfer = {
  readonly sizeBytes: number
  /** the address of the resumable session, which is a secret; null: there is none, or it is over */
  readonly sessionUri: string | null
  /** what the storage says that it has, from the beginning of the file on */
  readonly storedBytes: number
  readonly chunkBytes: number
  /** in a row, since bytes were last stored */
  readonly failures: number
  /** answers in a row to whole chunks that did not say what is stored */
  readonly blindAnswers: number
  /** false: the last bytes are held back, so that nothing is made of the file yet */
  readonly mayFinish: boolean
  /** grows with every change of phase: what an earlier turn still brings does not count */
  readonly turn: number
  readonly phase: Phase
}

/** What is being done. Every phase but the last four is work or a wait that ends by itself. */
export type Phase =
  /** a session is being opened */
  | { readonly kind: 'opening' }
  /** the storage is asked what it has */
  | { readonly kind: 'asking' }
  /** the bytes from `from` up to `to` are on their way */
  | { readonly kind: 'sending'; readonly from: number; readonly to: number }
  /** a pause after a failure */
  | { readonly kind: 'waiting'; readonly millis: number }
  /** everything is stored but the last bytes, which are held back */
  | { readonly kind: 'holding' }
  | { readonly kind: 'paused' }
  /** the storage has the whole file */
  | { readonly kind: 'stored' }
  | { readonly kind: 'failed'; readonly failure: TransferFailure }

/** All pieces but the last must be multiples of it (https://cloud.google.com/storage/docs/performing-resumable-uploads). */
export const QUANTUM_BYTES = 256 * 1024

/** The first piece; eight mebibytes at least are recommended there. */
export const FIRST_CHUNK_BYTES = 8 * 1024 * 1024

/**
 * A transfer that has not begun, or goes on in a session that was opened earlier. `storedBytes` is what was heard then; what counts is what the
 * storage says, which is asked first.
 */
export const newTransfer = (
  sizeBytes: number,
  sessionUri: string | null,
  mayFinish: boolean,
  storedBytes = 0,
): Transfer => ({
  sizeBytes,
  sessionUri,
  storedBytes,
  chunkBytes: FIRST_CHUNK_BYTES,
  failures: 0,
  blindAnswers: 0,
  mayFinish,
  turn: 0,
  phase: { kind: 'paused' },
})

/** True while bytes can get lost by closing the page: work is going on, or would go on. */
export const isUnderWay = ({ phase }: Transfer): boolean =>
  phase.kind === 'opening' || phase.kind === 'asking' || phase.kind === 'sending' || phase.kind === 'waiting'
