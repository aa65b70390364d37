import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { FileSum } from '../probe/sum-file.ts'
import type { Wish } from './advance-transfer.ts'
import { callPatiently } from './call-patiently.ts'
import { openTaskSession } from './open-task-session.ts'
import type { UploadStore } from './open-upload-store.ts'
import { runTransfer } from './run-transfer.ts'
import type { Transfer } from './transfer.ts'
import type { TransferFailure } from './transfer-failure.ts'
import type { UploadApi } from './upload-api.ts'
import type { Choice, UploadRecord } from './upload-record.ts'

export type DriveTools = {
  api: UploadApi
  store: Pick<UploadStore<UploadRecord>, 'keep'>
  /** sums up a file */
  sumFile: (file: Blob, signal: AbortSignal) => Promise<FileSum>
}

/** Where an upload with its file stands. */
export type Drive = {
  readonly record: UploadRecord
  readonly transfer: Transfer | null
  readonly sentBytes: number
  /** the choice is being made: the last bytes wait for it */
  readonly isChoosing: boolean
  /** the storage has the file, and our API is told so */
  readonly isConfirming: boolean
  /** why it cannot go on, besides what the transfer says itself */
  readonly failure: TransferFailure | null
  /** its task, when all is done */
  readonly task: TaskResource | null
}

export type DrivenUpload = {
  drive(): Drive
  /** "resume" begins it, too */
  wish(wish: Wish): void
  /** the last bytes wait as long as a choice is being made */
  choose(choice: Choice, isChoosing: boolean): void
  /** ends all work; what is stored, and the record, stay */
  end(): void
}

/**
 * Brings one file all the way: makes its task, sends its bytes, sums them meanwhile, tells the task what was chosen and what the checksum is
 * before the last bytes go (so that they count whoever says first that the file is there), and says that it is there. `onChange` is called
 * after every change.
 */
export const driveUpload = (
  { api, store, sumFile }: DriveTools,
  file: Blob,
  record: UploadRecord,
  isChoosing: boolean,
  onChange: (drive: Drive) => void,
): DrivenUpload => {
  const life = new AbortController()
  const { signal } = life
  let summed: Promise<FileSum> | undefined
  let announced: Choice | undefined
  let isAnnouncing = false
  let state: Drive = {
    ...{
      record,
      isChoosing,
      transfer: null,
      sentBytes: record.storedBytes ?? 0,
      isConfirming: false,
      failure: null,
      task: null,
    },
  }
  const change = (changes: Partial<Drive>): void => {
    if (signal.aborted) return
    state = { ...state, ...changes }
    if (changes.record !== undefined) void store.keep(changes.record).catch(() => undefined)
    onChange(state)
  }
  /** Does what takes time, until the upload is ended. */
  const work = async (job: () => Promise<void>): Promise<void> => {
    try {
      await job()
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  const sum = async (): Promise<FileSum> => {
    const asked = summed ?? sumFile(file, signal)
    summed = asked
    const answer = await asked
    // To be asked anew when the person tries again.
    if ('failure' in answer && summed === asked) summed = undefined
    return answer
  }
  const announce = async (): Promise<void> => {
    const { taskId, choice } = state.record
    if (isAnnouncing || state.isChoosing || taskId === null) return
    if (announced === choice) return transfer.wish({ kind: 'may-finish', value: true })
    isAnnouncing = true
    try {
      const fileSum = await sum()
      if ('failure' in fileSum) return fail(fileSum.failure)
      const { preset, options } = choice
      const { crc32c } = fileSum
      const answer = await callPatiently(() => api.changeTask(taskId, { preset, options, crc32c }, signal), signal)
      // The task does not wait any more: what it is told at the end will say why.
      if (answer.kind === 'refused' && answer.code !== 'task_state_conflict') return fail(answer)
      announced = choice
    } finally {
      isAnnouncing = false
    }
    await announce()
  }
  const fail = (failure: TransferFailure): void => {
    transfer.wish({ kind: 'pause' })
    change({ failure })
  }
  const confirm = async (): Promise<void> => {
    const { taskId } = state.record
    const fileSum = await sum()
    if (taskId === null) return
    if ('failure' in fileSum) return change({ isConfirming: false, failure: fileSum.failure })
    const answer = await callPatiently(() => api.uploaded(taskId, fileSum.crc32c, signal), signal)
    change({ isConfirming: false, ...(answer.kind === 'ok' ? { task: answer.value } : { failure: answer }) })
  }

  const transfer = runTransfer({
    file,
    sessionUri: record.sessionUri,
    storedBytes: record.storedBytes,
    mayFinish: false,
    open: async (turn) => {
      const { taskId, outcome } = await openTaskSession(api, state.record, turn)
      if (taskId !== state.record.taskId) change({ record: { ...state.record, taskId } })
      void work(announce)
      return outcome
    },
    onChange: (next, sentBytes) => {
      const { record } = state
      const { sessionUri, storedBytes } = next
      const isNews = sessionUri !== record.sessionUri || storedBytes !== (record.storedBytes ?? 0)
      const isStored = next.phase.kind === 'stored' && state.transfer?.phase.kind !== 'stored'
      change({
        transfer: next,
        sentBytes,
        ...(isNews && { record: { ...record, sessionUri, storedBytes } }),
        ...(isStored && { isConfirming: true }),
      })
      if (isStored) void work(confirm)
    },
  })
  return {
    drive: () => state,
    wish: (wish) => {
      if (wish.kind === 'resume') {
        if (state.failure !== null) change({ failure: null })
        void work(announce)
      }
      transfer.wish(wish)
    },
    choose: (choice, choosing) => {
      change({ isChoosing: choosing, ...(choice !== state.record.choice && { record: { ...state.record, choice } }) })
      if (choosing) transfer.wish({ kind: 'may-finish', value: false })
      else void work(announce)
    },
    end: () => {
      transfer.end()
      life.abort()
    },
  }
}
