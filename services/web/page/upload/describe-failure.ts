import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import { translateError } from '../i18n/translate-error.ts'
import type { TransferFailure } from './transfer-failure.ts'

/** Why an upload stopped, and what to do about it, in the language of the page. */
export const describeFailure = (failure: TransferFailure): ErrorText => {
  const title = t('uploads.failed')
  switch (failure.kind) {
    case 'refused':
      return translateError(failure.code, failure.detail)
    case 'storage-refused':
      return { title, detail: t('uploads.storageRefused', { status: failure.status }) }
    case 'range-hidden':
      return { title, detail: t('uploads.rangeHidden') }
    case 'unreadable':
      return { title, detail: t('uploads.unreadable') }
    case 'not-loaded':
      return { title, detail: t('shell.notLoaded') }
    default:
      return failure satisfies never
  }
}
