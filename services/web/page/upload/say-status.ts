import { t } from '../i18n/translate.ts'
import { isOnline } from '../shell/network.ts'
import { describeFailure } from './describe-failure.ts'
import { describeFault } from './describe-fault.ts'
import { isStuck, type QueuedUpload } from './queued-upload.ts'

/** How an upload is doing, in words. */
export const sayStatus = (upload: QueuedUpload): string => {
  const { status } = upload
  switch (status.kind) {
    case 'in-line':
      return t(isStuck(upload) ? 'uploads.needsChoice' : 'uploads.inLine')
    case 'starting':
      return t('uploads.starting')
    case 'sending':
      return t('uploads.sending')
    case 'trying-again':
      return t(isOnline.value ? 'uploads.tryingAgain' : 'uploads.offline')
    case 'choosing':
      return t('uploads.choosing')
    case 'paused':
      return t('uploads.paused')
    case 'finishing':
      return t('uploads.finishing')
    case 'done':
      return t('uploads.done')
    case 'elsewhere':
      return t('uploads.elsewhere')
    case 'needs-file':
      return t(status.canOpen ? 'uploads.needsClick' : 'uploads.needsFile')
    case 'refused':
      return describeFault(status.fault)
    case 'failed':
      return describeFailure(status.failure).title
    default:
      return status satisfies never
  }
}
