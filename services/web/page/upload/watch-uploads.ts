import { computed, effect, type ReadonlySignal } from '@preact/signals'
import type { TextKey } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import { announce } from '../shell/announce.ts'
import { uploadShare } from '../shell/page-title.ts'
import { stayAwake } from '../shell/stay-awake.ts'
import { announceProgress, type Milestone } from './announce-progress.ts'
import { describeChoiceFault } from './describe-choice-fault.ts'
import { describeFault } from './describe-fault.ts'
import type { QueuedUpload } from './queued-upload.ts'
import { sumUpUploads } from './sum-up-uploads.ts'
import { tasksUnderWay } from './tasks-under-way.ts'

/**
 * Does what uploads ask of the rest of the page: tells screen readers of them, gives the tab its title, and, only while bytes are on their way,
 * has the browser ask before it leaves and the machine stay awake. Returns what ends it.
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
  const isMoving = computed(() => uploads.value.some(isOnTheWay))
  const stopWaking = stayAwake(isMoving)
  const stopAsking = effect(() => {
    // A page that always listens is never kept for "back".
    if (isMoving.value) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  })
  return () => {
    for (const stop of [stopTelling, stopTitle, stopHiding, stopWaking, stopAsking]) stop()
    tasksUnderWay.value = new Set()
    removeEventListener('beforeunload', ask)
    uploadShare.value = undefined
  }
}

type Said = Milestone | 'failed' | 'refused' | 'unsuitable'

const nextToSay = (upload: QueuedUpload, before: Said | undefined): Said | undefined => {
  const { status, sentBytes, sizeBytes } = upload
  if (status.kind === 'refused' || status.kind === 'failed' || status.kind === 'unsuitable') return status.kind
  if (status.kind === 'done') return 'finished'
  const last = before === 'failed' || before === 'refused' || before === 'unsuitable' ? undefined : before
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
} as const satisfies Record<Exclude<Said, 'refused' | 'unsuitable'>, TextKey>

const textOf = ({ fileName: name, status }: QueuedUpload, said: Said): string => {
  if (said !== 'refused' && said !== 'unsuitable') return t(TEXTS[said], { name })
  return status.kind === 'unsuitable'
    ? t('uploads.saidUnsuitable', { name, reason: describeChoiceFault(status.fault) })
    : t('uploads.saidRefused', { name, reason: status.kind === 'refused' ? describeFault(status.fault) : '' })
}

const isOnTheWay = ({ status }: QueuedUpload): boolean =>
  status.kind === 'starting' ||
  status.kind === 'sending' ||
  status.kind === 'trying-again' ||
  status.kind === 'finishing'
