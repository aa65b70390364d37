import { formatDuration } from '../i18n/format.ts'
import { spoken } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import { presets } from '../options/presets.ts'
import type { ChoiceFault } from './judge-facts.ts'

/** Why a file cannot become what was chosen, and what it can become. */
export const describeChoiceFault = (fault: ChoiceFault): string => {
  switch (fault.kind) {
    case 'no-picture':
      return t('uploads.noPicture', { formats: soundFormats() })
    case 'no-sound':
      return t('uploads.noSound')
    case 'too-long':
      return t('uploads.tooLong', { duration: formatDuration(fault.limitSeconds) })
    default:
      return fault satisfies never
  }
}

const soundFormats = (): string => {
  const names = (presets.value ?? [])
    .filter(({ kind }) => kind === 'sound')
    .map(({ extension }) => extension.toUpperCase())
  return new Intl.ListFormat(spoken.value.language, { type: 'disjunction' }).format(names)
}
