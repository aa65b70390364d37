import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type LogRecord, logRecordSchema } from './log-record.ts'
import { compactedLog, type Replayed, replayLog } from './log-replay.ts'

/** The open log, and what it held when it was opened. */
export type MessageLog = {
  recovered: Replayed
  /** Writes one line before it returns; it survives the end of this process, though not a power cut. */
  append(record: LogRecord): void
  close(): void
}

/**
 * Opens the log in a directory, creating both if needed: reads it, rewrites it in its shortest form, and appends from
 * there. A last line that was cut off by a crash is left out. Throws if any other line cannot be understood.
 */
export const openMessageLog = (directory: string): MessageLog => {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'messages.jsonl')
  const recovered = replayLog(readRecords(path))
  writeFileSync(`${path}.new`, compactedLog(recovered).map(line).join(''))
  renameSync(`${path}.new`, path)
  const file = openSync(path, 'a')
  return {
    recovered,
    append: (record) => {
      writeSync(file, line(record))
    },
    close: () => closeSync(file),
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
