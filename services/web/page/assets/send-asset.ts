import type { AssetResource } from '../../assets/asset-schema.ts'
import type { UploadInstructions } from '../../uploads/upload-schema.ts'
import { sumFile } from '../probe/sum-file.ts'
import type { Outcome } from '../upload/advance-transfer.ts'
import { answerCall } from '../upload/answer-call.ts'
import { callPatiently } from '../upload/call-patiently.ts'
import { contentTypeOf } from '../upload/content-type-of.ts'
import { openSession } from '../upload/open-session.ts'
import { runTransfer } from '../upload/run-transfer.ts'
import type { TransferFailure } from '../upload/transfer-failure.ts'

/** What became of a picture or clip that was sent. */
export type SentAsset = { kind: 'ready'; asset: AssetResource } | { kind: 'failed'; failure: TransferFailure }

type CreatedAsset = { asset: AssetResource; upload: UploadInstructions | null }

/**
 * Makes an asset of a file: brings its bytes to the storage as those of videos are, and says that they are there. `onShare` is told how much is
 * there, from 0 to 1. It waits out a lost network. Throws AbortError when `signal` says so; what was begun is then deleted.
 */
export const sendAsset = async (
  file: File,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<SentAsset> => {
  const crc32c = await sumFile(file, signal)
  if (crc32c === undefined) return { kind: 'failed', failure: { kind: 'unreadable' } }
  const key = crypto.randomUUID()
  const body = { fileName: file.name, contentType: contentTypeOf(file), sizeBytes: file.size, crc32c }
  const create = () =>
    answerCall<CreatedAsset>({
      method: 'POST',
      path: '/api/assets',
      body,
      headers: { 'idempotency-key': key },
      signal,
    })
  const created = await callPatiently(create, signal)
  if (created.kind === 'refused') return { kind: 'failed', failure: created }
  const { id } = created.value.asset
  const discard = () => void answerCall({ method: 'DELETE', path: `/api/assets/${id}`, keepalive: true })
  signal.addEventListener('abort', discard)
  const failure = await transfer(file, id, created.value.upload, signal, onShare)
  const confirm = () => answerCall<AssetResource>({ method: 'POST', path: `/api/assets/${id}/uploaded`, signal })
  const confirmed = failure === undefined ? await callPatiently(confirm, signal) : undefined
  signal.removeEventListener('abort', discard)
  if (confirmed?.kind === 'ok') return { kind: 'ready', asset: confirmed.value }
  discard()
  return { kind: 'failed', failure: confirmed ?? failure ?? { kind: 'unreadable' } }
}

const transfer = (
  file: File,
  assetId: string,
  first: UploadInstructions | null,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<TransferFailure | undefined> =>
  new Promise((resolve, reject) => {
    let instructions = first
    const end = (settle: () => void) => {
      running.end()
      settle()
    }
    const running = runTransfer({
      file,
      sessionUri: null,
      mayFinish: true,
      open: async (turn) => {
        const given = instructions
        instructions = null
        return given === null ? await reopen(assetId, turn) : await openSession(given, turn)
      },
      onChange: ({ phase }, sentBytes) => {
        onShare(sentBytes / file.size)
        if (phase.kind === 'stored') end(() => resolve(undefined))
        if (phase.kind === 'failed') end(() => resolve(phase.failure))
      },
    })
    signal.addEventListener('abort', () => end(() => reject(signal.reason)))
    running.wish({ kind: 'resume' })
  })

const reopen = async (assetId: string, signal: AbortSignal): Promise<Outcome> => {
  const renewed = await answerCall<UploadInstructions>({
    method: 'POST',
    path: `/api/assets/${assetId}/upload-url`,
    signal,
  })
  if (renewed.kind === 'ok') return await openSession(renewed.value, signal)
  if (renewed.kind === 'unavailable') return { kind: 'trouble', random: Math.random() }
  // The bucket's notification has told of it already.
  return renewed.code === 'asset_state_conflict' ? { kind: 'stored' } : { kind: 'refused', failure: renewed }
}
