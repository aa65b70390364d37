import { effect, type ReadonlySignal } from '@preact/signals'
import type { TextKey } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import { announce } from '../shell/announce.ts'
import { uploadShare } from '../shell/page-title.ts'
import { announceProgress, type Milestone } from './announce-progress.ts'
import { describeFault } from './describe-fault.ts'
import type { QueuedUpload } from './queued-upload.ts'
import { sumUpUploads } from './sum-up-uploads.ts'
import { tasksUnderWay } from './tasks-under-way.ts'

/**
 * Does what uploads ask of the rest of the page: tells screen readers of them, gives the tab its title, and has the browser ask before it
 * leaves, but only while bytes are on their way. Returns what ends it.
 */
export const watchUploads = (uploads: ReadonlySignal<readonly QueuedUpload[]>): (() => void) => {
  const said = new Map<string, Said>()
  const stopTelling = effect(() => {
    for (const upload of uploads.value) {
      const before = said.get(upload.id)
      const now = nextToSay(upload, before)
      if (now === undefined || now === before) continue
      said.set(upload.id, now)
      announce(textOf(upload, now))
    }
  })
  const stopTitle = effect(() => {
    const totals = sumUpUploads(uploads.value)
    uploadShare.value = totals && totals.sentBytes / totals.sizeBytes
  })
  const stopHiding = effect(() => {
    tasksUnderWay.value = new Set(uploads.value.flatMap(({ taskId }) => taskId ?? []))
  })
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  const stopAsking = effect(() => {
    // A page that always listens is never kept for "back".
    if (uploads.value.some(isOnTheWay)) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  })
  return () => {
    for (const stop of [stopTelling, stopTitle, stopHiding, stopAsking]) stop()
    tasksUnderWay.value = new Set()
    removeEventListener('beforeunload', ask)
    uploadShare.value = undefined
  }
}

type Said = Milestone | 'failed' | 'refused'

const nextToSay = (upload: QueuedUpload, before: Said | undefined): Said | undefined => {
  const { status, sentBytes, sizeBytes } = upload
  if (status.kind === 'refused' || status.kind === 'failed') return status.kind
  if (status.kind === 'done') return 'finished'
  const last = before === 'failed' || before === 'refused' ? undefined : before
  if (status.kind !== 'sending') return last
  // The end is said when all is there, and checked.
  const milestone = announceProgress(last, Math.min(0.99, sentBytes / sizeBytes))
  return milestone ?? last
}

const TEXTS = {
  started: 'uploads.saidStarted',
  quarter: 'uploads.saidQuarter',
  half: 'uploads.saidHalf',
  'three-quarters': 'uploads.saidThreeQuarters',
  finished: 'uploads.saidFinished',
  failed: 'uploads.saidFailed',
} as const satisfies Record<Exclude<Said, 'refused'>, TextKey>

const textOf = ({ fileName: name, status }: QueuedUpload, said: Said): string => {
  if (said !== 'refused') return t(TEXTS[said], { name })
  return t('uploads.saidRefused', { name, reason: status.kind === 'refused' ? describeFault(status.fault) : '' })
}

const isOnTheWay = ({ status }: QueuedUpload): boolean =>
  status.kind === 'starting' ||
  status.kind === 'sending' ||
  status.kind === 'trying-again' ||
  status.kind === 'finishing'
