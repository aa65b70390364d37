import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import { translateError } from '../i18n/translate-error.ts'
import { ApiError } from './api-error.ts'

/** What went wrong with a call, in the language of the page. Throws on what is no error of a call: that is a fault of the page. */
export const explainError = (error: unknown): ErrorText => {
  if (!(error instanceof ApiError)) throw error
  if (error.code === 'offline') return { title: t('error.offline'), detail: t('error.offlineHint') }
  if (error.code === 'unreadable') return { title: t('error.unreadable'), detail: t('error.unreadableHint') }
  return translateError(error.code, error.message)
}
