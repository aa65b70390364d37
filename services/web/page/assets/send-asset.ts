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
  const summed = await sumFile(file, signal)
  if ('failure' in summed) return { kind: 'failed', failure: summed.failure }
  const key = crypto.randomUUID()
  const body = { fileName: file.name, contentType: contentTypeOf(file), sizeBytes: file.size, ...summed }
  const create: Create = (until) =>
    answerCall({ method: 'POST', path: '/api/assets', body, headers: { 'idempotency-key': key }, signal: until })
  let assetId: string | null = null
  try {
    const created = await callPatiently(() => create(signal), signal)
    if (created.kind === 'refused') return { kind: 'failed', failure: created }
    assetId = created.value.asset.id
    signal.throwIfAborted()
    const sent = await bring(file, created.value, signal, onShare)
    if (sent.kind === 'failed') void discardAsset(assetId, create)
    return sent
  } catch (error) {
    if (signal.aborted) void discardAsset(assetId, create)
    throw error
  }
}

type Create = (until: AbortSignal) => Promise<ApiAnswer<CreatedAsset>>

const bring = async (
  file: File,
  { asset, upload }: CreatedAsset,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<SentAsset> => {
  const failure = await transfer(file, asset.id, upload, signal, onShare)
  if (failure !== undefined) return { kind: 'failed', failure }
  const confirm = () => answerCall<AssetResource>({ method: 'POST', path: `/api/assets/${asset.id}/uploaded`, signal })
  const confirmed = await callPatiently(confirm, signal)
  return confirmed.kind === 'ok' ? { kind: 'ready', asset: confirmed.value } : { kind: 'failed', failure: confirmed }
}

/** Deletes what is not wanted any more. It may have been made though its answer never came (null): asking for it again tells. */
const discardAsset = async (assetId: string | null, create: Create): Promise<void> => {
  // What nobody may delete expires by itself.
  if (session.peek().kind === 'nobody') return
  const { signal } = new AbortController()
  const id = assetId ?? (await idOf(create, signal))
  if (id === null) return
  await callPatiently(() => answerCall({ method: 'DELETE', path: `/api/assets/${id}`, keepalive: true }), signal)
}

const idOf = async (create: Create, signal: AbortSignal): Promise<string | null> => {
  const answer = await callPatiently(() => create(signal), signal)
  return answer.kind === 'ok' ? answer.value.asset.id : null
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
