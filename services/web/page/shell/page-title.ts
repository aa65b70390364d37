import { computed, effect, signal } from '@preact/signals'
import { formatPercent } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'

/** The share of all running uploads that is done, from 0 to 1; undefined when there is none. Who uploads sets it. */
export const uploadShare = signal<number | undefined>(undefined)

/** The share of all running conversions that is done; undefined when there is none. */
export const conversionShare = signal<number | undefined>(undefined)

const share = computed(() => uploadShare.value ?? conversionShare.value)

/** Keeps the title of the tab up to date: how far uploads, or else conversions, are. */
export const startPageTitle = (): (() => void) =>
  effect(() => {
    document.title =
      share.value === undefined ? 'Reelway' : t('tasks.titleProgress', { percent: formatPercent(share.value) })
  })
