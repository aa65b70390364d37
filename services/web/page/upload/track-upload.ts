import type { FileFacts } from '../probe/file-facts.ts'
import { describeUpload, isAtWork } from './describe-upload.ts'
import { discardUpload } from './discard-upload.ts'
import { type Drive, type DrivenUpload, type DriveTools, driveUpload } from './drive-upload.ts'
import type { ChoiceFault } from './judge-facts.ts'
import { measureSpeed, type Speed, secondsLeft } from './measure-speed.ts'
import type { UploadStore } from './open-upload-store.ts'
import type { QueuedUpload } from './queued-upload.ts'
import { restartRecord } from './restart-record.ts'
import type { Choice, UploadRecord } from './upload-record.ts'

export type TrackTools = DriveTools & {
  store: UploadStore<UploadRecord>
  /** what a file says of itself; undefined when that is not known, or takes too long to find out */
  readFacts: (file: File) => Promise<FileFacts | undefined>
  /** why a file cannot become what was chosen */
  judge: (facts: FileFacts, choice: Choice) => ChoiceFault | undefined
}

export type TrackedUpload = {
  readonly id: string
  view(): QueuedUpload
  record(): UploadRecord
  /** true when it waits for its file, here or in another tab */
  isInterrupted(): boolean
  /** true when it takes one of the places of those that are sent at the same time */
  isSending(): boolean
  /** false as long as it is not known that its bytes are worth sending */
  isReady(): boolean
  /** gives it its file; `giveBack` is called when this tab is through with it */
  take(file: File, giveBack: () => void, isChoosing: boolean): void
  /** its turn has come */
  begin(): void
  pause(): void
  /** also after a failure */
  resume(): void
  choose(choice: Choice, isChoosing: boolean): void
  cancel(): void
  refuse(fault: (QueuedUpload['status'] & { kind: 'refused' })['fault']): void
  setElsewhere(isElsewhere: boolean): void
  /** what another tab has made of it */
  renew(record: UploadRecord): void
  forget(): void
  /** stops, and forgets the session: the upload begins anew when its user is back */
  lock(): void
}

/** One upload in the queue, with a file or still without. `onChange` is called after every change of its view. */
export const trackUpload = (tools: TrackTools, first: UploadRecord, onChange: () => void): TrackedUpload => {
  let record = first
  let file: File | null = null
  let driven: DrivenUpload | undefined
  let release: (() => void) | undefined
  let isWanted = true
  let isElsewhere = false
  let isChoosing = false
  let wasBegun = false
  let refusal: (QueuedUpload['status'] & { kind: 'refused' }) | undefined
  let speed: Speed | undefined
  let facts: FileFacts | undefined
  let isInspected = true

  const follow = (drive: Drive): void => {
    record = drive.record
    const isMoving = drive.transfer?.phase.kind === 'sending'
    speed = isMoving ? measureSpeed(speed, performance.now(), drive.sentBytes) : undefined
    if (drive.task !== null) {
      void tools.store.forget(record.id).catch(() => undefined)
      release?.()
    }
    onChange()
  }
  const drive = (): void => {
    driven?.end()
    if (file !== null) driven = driveUpload(tools, file, record, isChoosing, follow)
  }
  const end = (): void => {
    driven?.end()
    release?.()
  }
  const loseFile = (): void => {
    end()
    ;[driven, file] = [undefined, null]
  }
  const faultOf = (choice: Choice): ChoiceFault | undefined => facts && tools.judge(facts, choice)
  const inspect = async (inspected: File): Promise<void> => {
    isInspected = false
    facts = await tools.readFacts(inspected)
    isInspected = true
    // It begins only when something that it can become is chosen.
    if (faultOf(record.choice) !== undefined) {
      isChoosing = true
      driven?.choose(record.choice, isChoosing)
    }
    onChange()
  }
  const status = (): QueuedUpload['status'] => {
    if (refusal !== undefined) return refusal
    if (isElsewhere) return { kind: 'elsewhere' }
    if (driven === undefined) return { kind: 'needs-file', canOpen: record.handle !== null }
    return describeUpload(driven.drive(), isWanted)
  }
  return {
    id: record.id,
    record: () => record,
    isInterrupted: () => driven === undefined && refusal === undefined,
    isSending: () => driven !== undefined && isAtWork(driven.drive()),
    isReady: () => isInspected && faultOf(record.choice) === undefined,
    view: () => {
      const { fileName, sizeBytes, id, choice, taskId } = record
      const now = driven?.drive()
      const sentBytes = now?.sentBytes ?? record.storedBytes ?? 0
      return {
        ...{
          id,
          taskId,
          fileName,
          sizeBytes,
          sentBytes,
          choice,
          choiceFault: now?.task === null ? faultOf(choice) : undefined,
          isChoosing,
          file,
          status: status(),
          task: now?.task ?? null,
        },
        bytesPerSecond: speed?.bytesPerSecond,
        secondsLeft: secondsLeft(speed, sizeBytes - sentBytes),
      }
    },
    take: (taken, giveBack, choosing) => {
      ;[file, release, isChoosing, isElsewhere] = [taken, giveBack, choosing, false]
      void inspect(taken)
      drive()
      onChange()
    },
    begin: () => {
      wasBegun = true
      driven?.wish({ kind: 'resume' })
    },
    pause: () => {
      isWanted = false
      driven?.wish({ kind: 'pause' })
      onChange()
    },
    resume: () => {
      const now = status()
      isWanted = true
      if (now.kind === 'failed') {
        record = restartRecord(record, now.failure)
        if (now.failure.kind === 'unreadable') loseFile()
        else drive()
      }
      onChange()
    },
    choose: (choice, choosing) => {
      isChoosing = choosing || faultOf(choice) !== undefined
      const hadFailed = status().kind === 'failed'
      driven?.choose(choice, isChoosing)
      if (hadFailed && !isChoosing) driven?.wish({ kind: 'resume' })
      onChange()
    },
    cancel: () => {
      end()
      void tools.store.forget(record.id).catch(() => undefined)
      const isOver = refusal !== undefined || driven?.drive().task != null
      if (!isOver && !isElsewhere) void discardUpload(tools.api, record, wasBegun)
    },
    refuse: (fault) => {
      refusal = { kind: 'refused', fault }
      onChange()
    },
    setElsewhere: (value) => {
      isElsewhere = value
      onChange()
    },
    renew: (renewed) => {
      record = renewed
    },
    forget: () => {
      end()
      void tools.store.forget(record.id).catch(() => undefined)
    },
    lock: () => {
      end()
      const isOver = refusal !== undefined || driven?.drive().task != null
      if (!isOver && !isElsewhere)
        void tools.store.keep({ ...record, sessionUri: null, storedBytes: 0 }).catch(() => undefined)
    },
  }
}
