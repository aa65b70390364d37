import type { AssetResource } from '../../assets/asset-schema.ts'
import type { UploadInstructions } from '../../uploads/upload-schema.ts'
import { sumFile } from '../probe/sum-file.ts'
import { session } from '../session/session.ts'
import type { Outcome } from '../upload/advance-transfer.ts'
import { answerCall } from '../upload/answer-call.ts'
import { callPatiently } from '../upload/call-patiently.ts'
import { contentTypeOf } from '../upload/content-type-of.ts'
import { openSession } from '../upload/open-session.ts'
import { runTransfer } from '../upload/run-transfer.ts'
import type { TransferFailure } from '../upload/transfer-failure.ts'
import type { ApiAnswer } from '../upload/upload-api.ts'
import type { AssetRecord } from './asset-record.ts'
import { discardAsset } from './discard-asset.ts'

/** What became of a picture or clip that was sent. */
export type SentAsset = { kind: 'ready'; asset: AssetResource } | { kind: 'failed'; failure: TransferFailure }

type CreatedAsset = { asset: Pick<AssetResource, 'id'>; upload: UploadInstructions | null }

type Sending = {
  /** what is known of it, from an earlier visit or from now */
  record: AssetRecord
  signal: AbortSignal
  /** called with every change of the record, which is to be kept */
  onRecord: (record: AssetRecord) => void
  /** told how much is there, from 0 to 1 */
  onShare: (share: number) => void
}

/**
 * Makes an asset of a file, or goes on with one: brings its bytes to the storage as those of videos are, and says that they are there. It waits
 * out a lost network. Throws AbortError when `signal` says so; what was begun is then deleted, unless its owner has logged out.
 */
export const sendAsset = async (file: File, sending: Sending): Promise<SentAsset> => {
  const { signal, onRecord } = sending
  const summed = await sumFile(file, signal)
  if ('failure' in summed) return { kind: 'failed', failure: summed.failure }
  const { idempotencyKey } = sending.record
  const body = { fileName: file.name, contentType: contentTypeOf(file), sizeBytes: file.size, ...summed }
  const headers = { 'idempotency-key': idempotencyKey }
  const create = (until: AbortSignal): Promise<ApiAnswer<CreatedAsset>> =>
    answerCall({ method: 'POST', path: '/api/assets', body, headers, signal: until })
  let { assetId } = sending.record
  const discard = () => session.peek().kind !== 'nobody' && void discardAsset(assetId, create)
  try {
    const created = await findOrCreate(assetId, create, signal)
    if (created.kind === 'refused') return { kind: 'failed', failure: created }
    assetId = created.value.asset.id
    const record = { ...sending.record, assetId }
    onRecord(record)
    signal.throwIfAborted()
    const sent = await bring(file, created.value, { ...sending, record })
    if (sent.kind === 'failed') discard()
    return sent
  } catch (error) {
    if (signal.aborted) discard()
    throw error
  }
}

const findOrCreate = async (
  assetId: string | null,
  create: (until: AbortSignal) => Promise<ApiAnswer<CreatedAsset>>,
  signal: AbortSignal,
): Promise<Exclude<ApiAnswer<CreatedAsset>, { kind: 'unavailable' }>> =>
  assetId === null
    ? await callPatiently(() => create(signal), signal)
    : { kind: 'ok', value: { asset: { id: assetId }, upload: null } }

const bring = async (file: File, created: CreatedAsset, sending: Sending): Promise<SentAsset> => {
  const { signal } = sending
  const failure = await transfer(file, created, sending)
  if (failure !== undefined) return { kind: 'failed', failure }
  const path = `/api/assets/${created.asset.id}/uploaded` as const
  const confirmed = await callPatiently(() => answerCall<AssetResource>({ method: 'POST', path, signal }), signal)
  return confirmed.kind === 'ok' ? { kind: 'ready', asset: confirmed.value } : { kind: 'failed', failure: confirmed }
}

const transfer = (
  file: File,
  { asset, upload }: CreatedAsset,
  { record, signal, onRecord, onShare }: Sending,
): Promise<TransferFailure | undefined> =>
  new Promise((resolve, reject) => {
    let instructions = upload
    let kept = record
    const end = (settle: () => void) => {
      running.end()
      settle()
    }
    const running = runTransfer({
      file,
      sessionUri: record.sessionUri,
      storedBytes: record.storedBytes,
      mayFinish: true,
      open: async (turn) => {
        const given = instructions
        instructions = null
        return given === null ? await reopen(asset.id, turn) : await openSession(given, turn)
      },
      onChange: ({ phase, sessionUri, storedBytes }, sentBytes) => {
        if (sessionUri !== kept.sessionUri || storedBytes !== kept.storedBytes) {
          kept = { ...kept, sessionUri, storedBytes }
          onRecord(kept)
        }
        onShare(sentBytes / file.size)
        if (phase.kind === 'stored') end(() => resolve(undefined))
        if (phase.kind === 'failed') end(() => resolve(phase.failure))
      },
    })
    signal.addEventListener('abort', () => end(() => reject(signal.reason)))
    running.wish({ kind: 'resume' })
  })

const reopen = async (assetId: string, signal: AbortSignal): Promise<Outcome> => {
  const path = `/api/assets/${assetId}/upload-url` as const
  const renewed = await answerCall<UploadInstructions>({ method: 'POST', path, signal })
  if (renewed.kind === 'ok') return await openSession(renewed.value, signal)
  if (renewed.kind === 'unavailable') return { kind: 'trouble', random: Math.random() }
  // The bucket's notification has told of it already.
  return renewed.code === 'asset_state_conflict' ? { kind: 'stored' } : { kind: 'refused', failure: renewed }
}
