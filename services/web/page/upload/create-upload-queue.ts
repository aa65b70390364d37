import { type ReadonlySignal, signal } from '@preact/signals'
import { chooseNext } from './choose-next.ts'
import { findInterrupted } from './find-interrupted.ts'
import type { GivenFile } from './given-file.ts'
import { holdUpload, untilGivenBack } from './hold-upload.ts'
import type { UploadStore } from './open-upload-store.ts'
import type { QueuedUpload } from './queued-upload.ts'
import { recordFile } from './record-file.ts'
import { rememberChoice } from './remember-choice.ts'
import { reopenFile } from './reopen-file.ts'
import { type TrackedUpload, type TrackTools, trackUpload } from './track-upload.ts'
import type { Choice, UploadRecord } from './upload-record.ts'

export type UploadQueue = {
  uploads: ReadonlySignal<readonly QueuedUpload[]>
  /** shows what earlier visits have left */
  restore(): Promise<void>
  /** takes files, in their order; what belongs to an upload that was interrupted goes on with it */
  add(files: readonly GivenFile[], choice: Choice): Promise<void>
  pause(id: string): void
  resume(id: string): void
  pauseAll(): void
  resumeAll(): void
  /** ends an upload and deletes its task */
  cancel(id: string): void
  cancelAll(): void
  /** the last bytes wait as long as `isChoosing` */
  choose(id: string, choice: Choice, isChoosing: boolean): void
  /** opens the file of an interrupted upload again, after a click: the browser may ask the person */
  reopen(id: string): Promise<void>
  /** takes away what is done, failed or refused */
  dismiss(id: string): void
  /** the person has logged out: stops all, and leaves nothing by which the next one at this browser could write their files */
  close(): void
}

/** Bytes leave in many small steps: the page is not drawn anew for each. */
const SHOWN_EVERY_MILLIS = 100

/** The uploads of one user in this tab. */
export const createUploadQueue = (
  userId: string,
  tools: TrackTools & { store: UploadStore<UploadRecord> },
): UploadQueue => {
  const tracked = new Map<string, TrackedUpload>()
  const uploads = signal<readonly QueuedUpload[]>([])
  const life = new AbortController()

  let shownAtMillis = 0
  let later: ReturnType<typeof setTimeout> | undefined
  const show = (): void => {
    clearTimeout(later)
    later = undefined
    shownAtMillis = performance.now()
    uploads.value = [...tracked.values()].map((upload) => upload.view())
  }
  const onChange = (): void => {
    if (life.signal.aborted) return
    const sinceMillis = performance.now() - shownAtMillis
    if (sinceMillis >= SHOWN_EVERY_MILLIS) show()
    else later ??= setTimeout(show, SHOWN_EVERY_MILLIS - sinceMillis)
    schedule()
  }
  const schedule = (): void => {
    const all = [...tracked.values()]
    const inLine = all.filter((upload) => upload.isReady() && upload.view().status.kind === 'in-line')
    for (const upload of chooseNext(inLine, all.filter((one) => one.isSending()).length)) upload.begin()
  }
  const track = (record: UploadRecord): TrackedUpload => {
    const upload = trackUpload(tools, record, onChange)
    tracked.set(record.id, upload)
    return upload
  }
  const find = (id: string): TrackedUpload | undefined => tracked.get(id)
  const each = (act: (upload: TrackedUpload) => void) => (): void => [...tracked.values()].forEach(act)

  const takeFile = async (upload: TrackedUpload, file: File, isChoosing: boolean): Promise<void> => {
    const giveBack = await holdUpload(upload.id)
    if (giveBack === undefined) return waitForOther(upload)
    upload.take(file, giveBack, isChoosing)
  }
  /** Another tab has it: when that ends, this one may go on, unless it is done. */
  const waitForOther = (upload: TrackedUpload): void => {
    if (upload.view().status.kind === 'elsewhere') return
    upload.setElsewhere(true)
    const until = async () => {
      await untilGivenBack(upload.id, life.signal)
      const record = (await tools.store.list(userId)).find(({ id }) => id === upload.id)
      if (record === undefined) tracked.delete(upload.id)
      else upload.renew(record)
      upload.setElsewhere(false)
    }
    until().catch(() => undefined)
  }

  const addOne = async (given: GivenFile, choice: Choice, isChoosing: boolean): Promise<void> => {
    const { file } = given
    const { record, fault } = await recordFile(given, { userId, choice })
    const interrupted = [...tracked.values()]
      .filter((upload) => upload.isInterrupted())
      .map((upload) => upload.record())
    const wanted = { name: file.name, size: file.size, fingerprint: record.fingerprint }
    const earlier = tracked.get(findInterrupted(interrupted, wanted)?.id ?? '')
    if (earlier !== undefined && fault === undefined) return await takeFile(earlier, file, false)
    const upload = track(record)
    if (fault !== undefined) return upload.refuse(fault)
    await tools.store.keep(record).catch(() => undefined)
    await takeFile(upload, file, isChoosing)
  }

  const restore = async (): Promise<void> => {
    for (const record of await tools.store.list(userId)) {
      if (tracked.has(record.id)) continue
      const upload = track(record)
      const giveBack = await holdUpload(record.id)
      if (giveBack === undefined) waitForOther(upload)
      else {
        giveBack()
        if (await isOver(tools.api, record)) {
          tracked.delete(record.id)
          await tools.store.forget(record.id)
        }
      }
    }
    show()
  }

  return {
    uploads,
    restore,
    add: async (files, choice) => {
      // Another tab may have begun one of them since.
      await restore()
      for (const file of files) {
        await addOne(file, choice, files.length === 1)
        onChange()
      }
    },
    pause: (id) => find(id)?.pause(),
    resume: (id) => find(id)?.resume(),
    pauseAll: each((upload) => upload.pause()),
    resumeAll: each((upload) => upload.resume()),
    cancel: (id) => {
      find(id)?.cancel()
      tracked.delete(id)
      onChange()
    },
    cancelAll: () => {
      each((upload) => upload.cancel())()
      tracked.clear()
      onChange()
    },
    choose: (id, choice, isChoosing) => {
      rememberChoice(choice)
      find(id)?.choose(choice, isChoosing)
      // The next change is made of what is shown.
      show()
    },
    reopen: async (id) => {
      const upload = find(id)
      const file = upload && (await reopenFile(upload.record()))
      if (upload === undefined) return
      if (file !== undefined) return await takeFile(upload, file, false)
      // It was not allowed, or is another file by now: it has to be given again.
      upload.renew({ ...upload.record(), handle: null })
      onChange()
    },
    dismiss: (id) => {
      find(id)?.forget()
      tracked.delete(id)
      onChange()
    },
    close: () => {
      life.abort()
      each((upload) => upload.lock())()
      tracked.clear()
      show()
    },
  }
}

/** True when a task does not wait for its upload any more: another tab, or the bucket, was faster; or it is gone. */
const isOver = async (api: TrackTools['api'], { taskId }: UploadRecord): Promise<boolean> => {
  if (taskId === null) return false
  const task = await api.getTask(taskId, new AbortController().signal)
  if (task.kind === 'ok') return task.value.status !== 'awaiting_upload'
  return task.kind === 'refused' && task.code === 'task_not_found'
}
