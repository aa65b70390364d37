import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type LogRecord, logRecordSchema } from './log-record.ts'
import { compactedLog, type Replayed, replayLog } from './log-replay.ts'

/** The open log, and what it held when it was opened. */
export type MessageLog = {
  recovered: Replayed
  /**
   * Writes one line before it returns; it survives the end of this process, though not a power cut. Throws, with nothing
   * written, when the disk is full or the log is closed.
   */
  append(record: LogRecord): void
  close(): void
}

// Some ten thousand messages.
const COMPACT_AFTER_BYTES = 8 * 1024 * 1024

/**
 * Opens the log in a directory, creating both if needed: reads it, rewrites it in its shortest form, and appends from
 * there. A last line that was cut off by a crash is left out. Throws if any other line cannot be understood.
 * @param compactAfterBytes growth after which the log is rewritten again, if it has at least doubled
 */
export const openMessageLog = (directory: string, compactAfterBytes = COMPACT_AFTER_BYTES): MessageLog => {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'messages.jsonl')
  const opened = openCompacted(path)
  let file: number | undefined = opened.file
  let startBytes = opened.bytes
  let bytes = startBytes
  return {
    recovered: opened.state,
    append: (record) => {
      if (file === undefined) throw new Error('The log of the local Pub/Sub is closed')
      if (bytes - startBytes >= Math.max(compactAfterBytes, startBytes)) {
        const shorter = openCompacted(path)
        closeSync(file)
        file = shorter.file
        startBytes = shorter.bytes
        bytes = startBytes
      }
      bytes += appendWhole(file, line(record), bytes)
    },
    close: () => {
      if (file !== undefined) closeSync(file)
      // The system gives the number to the next file that is opened: nothing may be written to it any more.
      file = undefined
    },
  }
}

const openCompacted = (path: string): { state: Replayed; file: number; bytes: number } => {
  const state = replayLog(readRecords(path))
  const text = compactedLog(state).map(line).join('')
  writeFileSync(`${path}.new`, text)
  const file = openSync(`${path}.new`, 'a')
  renameSync(`${path}.new`, path)
  return { state, file, bytes: Buffer.byteLength(text) }
}

/** A disk that fills up takes a part of a line: it is taken back, or no later start could read the log. */
const appendWhole = (file: number, text: string, bytesBefore: number): number => {
  const whole = Buffer.from(text)
  try {
    if (writeSync(file, whole) === whole.length) return whole.length
    throw new Error('The disk took only a part of a record')
  } catch (cause) {
    ftruncateSync(file, bytesBefore)
    throw new Error('The log of the local Pub/Sub cannot be written', { cause })
  }
}

const line = (record: LogRecord): string => `${JSON.stringify(record)}\n`

const readRecords = (path: string): LogRecord[] => {
  if (!existsSync(path)) return []
  // What follows the last newline is a write that a crash cut short.
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((text, index) => {
    try {
      return logRecordSchema.parse(JSON.parse(text))
    } catch (cause) {
      throw new Error(`${path}:${index + 1} is not a record of the local Pub/Sub`, { cause })
    }
  })
}
