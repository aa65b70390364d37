import { effect, signal } from '@preact/signals'
import type { AssetResource } from '../../assets/asset-schema.ts'
import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import { session } from '../session/session.ts'
import { announce } from '../shell/announce.ts'
import { describeFailure } from '../upload/describe-failure.ts'
import { describeFault } from '../upload/describe-fault.ts'
import { holdUpload } from '../upload/hold-upload.ts'
import type { AssetRecord } from './asset-record.ts'
import { assetRecords } from './asset-records.ts'
import { takeAsset } from './asset-store.ts'
import { type ClaimedRecord, claimAssetRecord } from './claim-asset-record.ts'
import { discardAsset } from './discard-asset.ts'
import { lookAtAsset } from './look-at-asset.ts'
import { type SentAsset, sendAsset } from './send-asset.ts'

/** A picture or clip that is on its way, waits for its file since an earlier visit, or could not be taken. */
export type AssetUpload = {
  readonly id: string
  readonly name: string
  /** from 0 to 1 */
  readonly share: number
  readonly state: 'going' | 'needs-file' | 'failed'
  /** what is to be known of it meanwhile */
  readonly note: string | null
  readonly failure: ErrorText | null
  /** ends it, and takes it away */
  readonly end: () => void
}

/** The pictures and clips that are on their way. They go on when the form that asked for them is closed. */
export const assetUploads = signal<readonly AssetUpload[]>([])

const drop = (id: string): void => {
  assetUploads.value = assetUploads.peek().filter((upload) => upload.id !== id)
}

/** In the place of one that waited for its file. */
const show = (upload: AssetUpload): void => {
  assetUploads.value = [...assetUploads.peek().filter(({ id }) => id !== upload.id), upload]
}

const begun = { share: 0, state: 'going', note: null, failure: null } as const

/** Uploads a picture or clip, or goes on with its upload. Returns it, or undefined when that was ended or has failed: the upload says why. */
export const addAsset = async (file: File): Promise<AssetResource | undefined> => {
  const { value } = session
  if (value.kind !== 'user' && value.kind !== 'expired') return undefined
  const life = new AbortController()
  let shownId: string = crypto.randomUUID()
  const end = () => {
    life.abort()
    drop(shownId)
  }
  show({ ...begun, id: shownId, name: file.name, end })
  const change = (changes: Partial<AssetUpload>) => {
    assetUploads.value = assetUploads.peek().map((one) => (one.id === shownId ? { ...one, ...changes } : one))
  }
  const fail = (failure: ErrorText) => change({ state: 'failed', failure })
  try {
    const { fault, note } = await lookAtAsset(file)
    if (fault !== undefined) return void fail({ title: fault, detail: '' })
    change({ note })
    const claimed = await claimAssetRecord(file, value.user.id)
    life.signal.throwIfAborted()
    drop(claimed.record.id)
    change({ id: claimed.record.id })
    shownId = claimed.record.id
    const sent = await send(file, claimed, life.signal, (share) => change({ share }))
    if (sent.kind === 'failed') return void fail(describeFailure(sent.failure))
    takeAsset(sent.asset)
    announce(t('assets.added', { name: file.name }))
    end()
    return sent.asset
  } catch (error) {
    if (life.signal.aborted) return undefined
    if (error instanceof DOMException) return void fail({ title: describeFault('unreadable'), detail: '' })
    fail({ title: t('uploads.failed'), detail: '' })
    throw error
  }
}

/** Sends a file, and keeps what is to be known of it after a reload until that is over. What an earlier visit left may be: then it begins anew. */
const send = async (
  file: File,
  { record: first, isEarlier, giveBack }: ClaimedRecord,
  life: AbortSignal,
  onShare: (share: number) => void,
): Promise<SentAsset> => {
  let record = first
  const onRecord = (changed: AssetRecord) => {
    record = changed
    void assetRecords.keep(changed).catch(() => undefined)
  }
  const begin = () => sendAsset(file, { record, signal: life, onRecord, onShare })
  try {
    const sent = await begin()
    if (sent.kind === 'ready' || !isEarlier) return sent
    record = { ...first, idempotencyKey: crypto.randomUUID(), assetId: null, sessionUri: null, storedBytes: 0 }
    return await begin()
  } finally {
    // Who has logged out may come back; their session's address is a secret.
    const isLocked = session.peek().kind === 'nobody'
    const kept = isLocked
      ? assetRecords.keep({ ...record, sessionUri: null, storedBytes: 0 })
      : assetRecords.forget(record.id)
    void kept.catch(() => undefined).finally(giveBack)
  }
}

/** Shows what an earlier visit has left unfinished, unless another tab has it. */
export const restoreAssetUploads = async (): Promise<void> => {
  const { value } = session
  if (value.kind !== 'user') return
  for (const record of await assetRecords.list(value.user.id).catch(() => [])) {
    const { id, fileName: name, storedBytes, sizeBytes } = record
    if (assetUploads.peek().some((upload) => upload.id === id)) continue
    const giveBack = await holdUpload(id)
    if (giveBack === undefined) continue
    giveBack()
    const share = storedBytes / sizeBytes
    const end = () => {
      drop(id)
      void assetRecords.forget(id).catch(() => undefined)
      if (record.assetId !== null) void discardAsset(record.assetId, NEVER_MADE)
    }
    show({ ...begun, id, name, share, state: 'needs-file', note: t('assets.needsFile'), end })
  }
}

const NEVER_MADE = async () => ({ kind: 'unavailable' }) as const

const ask = (event: BeforeUnloadEvent) => event.preventDefault()

effect(() => {
  // A page that always listens is never kept for "back".
  if (assetUploads.value.some(({ state }) => state === 'going')) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
})

effect(() => {
  if (session.value.kind !== 'nobody') return
  for (const { state, id, end } of assetUploads.peek()) {
    // What waits for its file waits for its owner, too.
    if (state === 'needs-file') drop(id)
    else end()
  }
})
