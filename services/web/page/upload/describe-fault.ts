import { t } from '../i18n/translate.ts'
import type { FileFault } from './judge-file.ts'

/** Why a file was not taken. */
export const describeFault = (fault: FileFault | 'unreadable'): string => {
  switch (fault) {
    case 'empty':
      return t('uploads.empty')
    case 'unknown-type':
      return t('uploads.unknownType')
    case 'picture':
      return t('uploads.picture')
    case 'no-index':
      return t('uploads.noIndex')
    case 'not-a-video':
      return t('uploads.notAVideo')
    case 'unreadable':
      return t('uploads.unreadable')
    default:
      return fault satisfies never
  }
}
