import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { ErrorCode } from '../errors/catalogue.ts'
import type { Lane } from '../lane.ts'
import type { AssetKind } from '../options/named-assets.ts'
import type { TaskOptions } from '../options/task-options.ts'
import type { Previews } from '../previews.ts'
import type { SourceSummary } from '../source-summary.ts'
import type { TaskStatus } from '../task-status.ts'

/** The tables as migrations/ makes them. Columns are snake_case in PostgreSQL and camelCase here (CamelCasePlugin). */
export type Database = {
  users: UsersTable
  sessions: SessionsTable
  refreshTokens: RefreshTokensTable
  rateLimits: RateLimitsTable
  idempotencyKeys: IdempotencyKeysTable
  tasks: TasksTable
  jobs: JobsTable
  parts: PartsTable
  outputs: OutputsTable
  encodeCosts: EncodeCostsTable
  assets: AssetsTable
}

type Timestamp = ColumnType<Date, Date | string, Date | string>
type SetByDatabase = ColumnType<Date, never, Date | string>

type UsersTable = {
  id: Generated<string>
  username: string
  email: string
  passwordHash: string
  createdAt: SetByDatabase
  /** the last transaction that changed one of the user's tasks that are purged by now: set by the database */
  lastPurgedChange: ColumnType<string | null, never, never>
}

/** One log-in: of a program, with the family of its refresh tokens, or of a browser, with a cookie. */
type SessionsTable = {
  id: Generated<string>
  userId: string
  createdAt: SetByDatabase
  expiresAt: Timestamp
  revokedAt: Timestamp | null
  /** of a browser's cookie; null for programs */
  cookieHash: Buffer | null
}

type RefreshTokensTable = {
  tokenHash: Buffer
  sessionId: string
  createdAt: SetByDatabase
  usedAt: Timestamp | null
}

type RateLimitsTable = {
  key: string
  /** GCRA's theoretical arrival time */
  arrivalAt: Timestamp
}

type IdempotencyKeysTable = {
  userId: string
  key: string
  bodyHash: Buffer
  /** what was made: a task, or */
  taskId: string | null
  /** an asset */
  assetId: string | null
  createdAt: SetByDatabase
}

type TasksTable = {
  id: Generated<string>
  userId: string
  status: Generated<TaskStatus>
  lane: Generated<Lane>
  preset: string
  options: ColumnType<TaskOptions, string | undefined, string>
  /** the task that brought the upload it uses, which may be purged by now; null when it has its own */
  sourceTaskId: string | null
  fileName: string
  contentType: string
  sizeBytes: number
  uploadType: UploadType
  /** what the client says of its file, base64 of 4 bytes, big-endian */
  announcedCrc32c: string | null
  sourceGeneration: string | null
  sourceCrc32c: string | null
  /** 0..1 */
  progress: Generated<number>
  /** the most attempts that one of its jobs has needed */
  attempts: Generated<number>
  errorCode: ErrorCode | null
  errorParameters: JSONColumnType<Record<string, string | number>> | null
  source: JSONColumnType<SourceSummary> | null
  /** parts that are not done yet; null while there is no plan of several parts */
  partsLeft: number | null
  /** of several parts; null while there is none, and when the whole is one */
  plan: JSONColumnType<object> | null
  /** which plan of which source: parts of another key are of no use */
  planKey: string | null
  /** of its result; null until it is completed, and when there are none */
  previews: JSONColumnType<Previews> | null
  /** holders may have stored what nobody will use; set when work on it starts */
  unswept: Generated<boolean>
  /** raised by a trigger on every update */
  version: Generated<number>
  /** the transaction that changed it last, set by the database */
  changedBy: ColumnType<string, never, never>
  createdAt: SetByDatabase
  /** when an upload URL was last handed out */
  uploadSignedAt: Generated<Date>
  queuedAt: Timestamp | null
  startedAt: Timestamp | null
  finishedAt: Timestamp | null
  deletedAt: Timestamp | null
}

export type UploadType = 'resumable' | 'single'
export type JobKind = 'convert' | 'part' | 'assemble'
export type PartStream = 'picture' | 'sound'
type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

type JobsTable = {
  id: Generated<string>
  taskId: string
  kind: JobKind
  status: Generated<JobStatus>
  attempts: Generated<number>
  leaseToken: string | null
  leaseExpiresAt: Timestamp | null
  /** null until Pub/Sub has the message */
  publishedAt: Timestamp | null
  /** when it last became queued */
  queuedAt: Generated<Date>
  /** why the last attempt was given back */
  lastErrorCode: ErrorCode | null
  plan: JSONColumnType<object> | null
  /** the part that a job of the kind "part" is for */
  partId: string | null
  /** when it was its turn to be published; null while it waits for that */
  dispatchedAt: Timestamp | null
  /** W3C trace context of the request that queued it */
  traceparent: string | null
  createdAt: SetByDatabase
  finishedAt: Timestamp | null
}

/** A piece of the work of a plan of several parts, keyed by task, plan, stream and range. */
type PartsTable = {
  id: Generated<string>
  taskId: string
  planKey: string
  stream: PartStream
  /** frames of the picture, or packets of the sound: from rangeStart up to, without, rangeEnd */
  rangeStart: number
  rangeEnd: number
  /** its share of the whole work, 0..1 */
  weight: number
  /** 0..1 of this part */
  progress: Generated<number>
  status: Generated<'pending' | 'done'>
  /** an mp4 in the outputs bucket; null until it is done, as all of the following */
  objectName: string | null
  generation: string | null
  sizeBytes: number | null
  /** samples of the object's track before rangeStart, which do not belong to the part */
  lead: number | null
  /** the encoder and its version */
  encoder: string | null
  encodeSeconds: number | null
  createdAt: SetByDatabase
  doneAt: Timestamp | null
}

/** What an encode was estimated to take by its preset's cost, and what it took. */
type EncodeCostsTable = {
  id: GeneratedAlways<number>
  preset: string
  estimateSeconds: number
  encodeSeconds: number
  createdAt: SetByDatabase
}

type OutputsTable = {
  taskId: string
  name: string
  objectName: string
  generation: string
  contentType: string
  sizeBytes: number
  crc32c: string
  /** null for sound */
  width: number | null
  height: number | null
  /** null for a still picture */
  durationSeconds: number | null
  /** its picture, or what there is without one, was not encoded anew */
  copied: Generated<boolean>
  /** where in the source it begins, when that is a key frame before the time that was asked for */
  startsAtSeconds: number | null
  /** the encoder and its version, for the record */
  encoder: string
  createdAt: SetByDatabase
}

/** A picture or clip of a user's own, for intros, outros and watermarks. */
type AssetsTable = {
  id: Generated<string>
  userId: string
  status: Generated<'awaiting_upload' | 'ready'>
  kind: AssetKind
  fileName: string
  contentType: string
  sizeBytes: number
  uploadType: UploadType
  announcedCrc32c: string | null
  generation: string | null
  crc32c: string | null
  /** what was wrong with the last upload */
  errorCode: ErrorCode | null
  errorParameters: JSONColumnType<Record<string, string | number>> | null
  createdAt: SetByDatabase
  uploadSignedAt: Generated<Date>
  deletedAt: Timestamp | null
}
