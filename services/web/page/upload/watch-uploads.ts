import { computed, effect, type ReadonlySignal } from '@preact/signals'
import type { TextKey } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import { announce } from '../shell/announce.ts'
import { uploadShare } from '../shell/page-title.ts'
import { stayAwake } from '../shell/stay-awake.ts'
import type { Milestone } from './announce-progress.ts'
import { describeChoiceFault } from './describe-choice-fault.ts'
import { describeFault } from './describe-fault.ts'
import type { QueuedUpload } from './queued-upload.ts'
import { sumUpUploads } from './sum-up-uploads.ts'
import { tasksUnderWay } from './tasks-under-way.ts'
import { type Told, tellUpload, type UploadTrouble } from './tell-upload.ts'

/**
 * Does what uploads ask of the rest of the page: tells screen readers of them, gives the tab its title, and, only while bytes are on their way,
 * has the browser ask before it leaves and the machine stay awake. Returns what ends it.
 */
export const watchUploads = (uploads: ReadonlySignal<readonly QueuedUpload[]>): (() => void) => {
  const toldOf = new Map<string, Told>()
  const stopTelling = effect(() => {
    for (const upload of uploads.value) {
      const { news, told } = tellUpload(upload, toldOf.get(upload.id))
      toldOf.set(upload.id, told)
      if (news !== undefined) announce(textOf(upload, news))
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

const TEXTS = {
  started: 'uploads.saidStarted',
  quarter: 'uploads.saidQuarter',
  half: 'uploads.saidHalf',
  'three-quarters': 'uploads.saidThreeQuarters',
  finished: 'uploads.saidFinished',
  failed: 'uploads.saidFailed',
  refused: 'uploads.saidRefused',
  'no-picture': 'uploads.saidUnsuitable',
  'no-sound': 'uploads.saidUnsuitable',
  'too-long': 'uploads.saidUnsuitable',
} as const satisfies Record<Milestone | UploadTrouble, TextKey>

const textOf = (upload: QueuedUpload, news: Milestone | UploadTrouble): string =>
  t(TEXTS[news], { name: upload.fileName, reason: reasonOf(upload) })

const reasonOf = ({ status, choiceFault }: QueuedUpload): string => {
  if (status.kind === 'refused') return describeFault(status.fault)
  return choiceFault === undefined ? '' : describeChoiceFault(choiceFault)
}

const isOnTheWay = ({ status }: QueuedUpload): boolean =>
  status.kind === 'starting' ||
  status.kind === 'sending' ||
  status.kind === 'trying-again' ||
  status.kind === 'finishing'
