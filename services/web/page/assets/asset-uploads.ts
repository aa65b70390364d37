import { effect, signal } from '@preact/signals'
import type { AssetResource } from '../../assets/asset-schema.ts'
import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import { session } from '../session/session.ts'
import { announce } from '../shell/announce.ts'
import { describeFailure } from '../upload/describe-failure.ts'
import { describeFault } from '../upload/describe-fault.ts'
import { findFault } from '../upload/find-fault.ts'
import { takeAsset } from './asset-store.ts'
import { isPictureName } from './is-picture-name.ts'
import { sendAsset } from './send-asset.ts'

/** A picture or clip that is on its way, or could not be taken. */
export type AssetUpload = {
  readonly id: string
  readonly name: string
  /** from 0 to 1 */
  readonly share: number
  readonly failure: ErrorText | null
  /** ends it, and takes it away */
  readonly end: () => void
}

/** The pictures and clips that are on their way. They go on when the form that asked for them is closed. */
export const assetUploads = signal<readonly AssetUpload[]>([])

/** Uploads a picture or clip. Returns it, or undefined when that was ended or has failed: the upload says why. */
export const addAsset = async (file: File): Promise<AssetResource | undefined> => {
  const id = crypto.randomUUID()
  const life = new AbortController()
  const end = () => {
    life.abort()
    assetUploads.value = assetUploads.peek().filter((upload) => upload.id !== id)
  }
  assetUploads.value = [...assetUploads.peek(), { id, name: file.name, share: 0, failure: null, end }]
  const change = (changes: Partial<AssetUpload>) => {
    assetUploads.value = assetUploads.peek().map((upload) => (upload.id === id ? { ...upload, ...changes } : upload))
  }
  try {
    const fault = await faultOf(file)
    if (fault !== undefined) {
      change({ failure: { title: fault, detail: '' } })
      return undefined
    }
    const sent = await sendAsset(file, life.signal, (share) => change({ share }))
    if (sent.kind === 'failed') {
      change({ failure: describeFailure(sent.failure) })
      return undefined
    }
    takeAsset(sent.asset)
    announce(t('assets.added', { name: file.name }))
    end()
    return sent.asset
  } catch (error) {
    if (life.signal.aborted) return undefined
    change({ failure: { title: t('uploads.failed'), detail: '' } })
    throw error
  }
}

/** What is wrong with a clip that can be seen from here. What is wrong with pictures, the API says before a byte of them goes. */
const faultOf = async (file: File): Promise<string | undefined> => {
  if (isPictureName(file.name)) return undefined
  try {
    const fault = await findFault(file)
    return fault === undefined || fault === 'unknown-type' ? undefined : describeFault(fault)
  } catch {
    return describeFault('unreadable')
  }
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault()

effect(() => {
  // A page that always listens is never kept for "back".
  if (assetUploads.value.some(({ failure }) => failure === null)) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
})

effect(() => {
  if (session.value.kind !== 'nobody') return
  for (const { end } of assetUploads.peek()) end()
})
