import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { taskOptions } from '@reelway/shared/options/task-options.ts'
import { taskSchema } from '@reelway/web/tasks/task-schema.ts'
import { z } from 'zod'
import { checkAnswer } from './check-answer.ts'

export const uploadInstructions = z.object({
  type: z.enum(['resumable', 'single']),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.string(),
})
export type UploadInstructions = z.infer<typeof uploadInstructions>

const output = z.object({
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  copied: z.boolean(),
  startsAtSeconds: z.number().nullable(),
  url: z.string(),
})

const task = z.object({
  id: z.string(),
  status: z.string(),
  progress: z.number(),
  fileName: z.string(),
  preset: z.string(),
  sizeBytes: z.number(),
  attempts: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  source: z.record(z.string(), z.unknown()).nullable(),
  outputs: z.array(output),
  ...taskSchema.pick({ poster: true, storyboard: true }).shape,
  createdAt: z.string(),
  queuedAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})
export type Task = z.infer<typeof task>

/** The answer to POST /api/tasks. */
export const created = z.object({ task, upload: uploadInstructions.nullable() })

/** An answer of the API. `body` is its JSON, or undefined when it has none. */
export type Answer = { status: number; headers: Headers; body: unknown }

export type NewTask = {
  preset?: string
  uploadType?: 'resumable' | 'single'
  crc32c?: string
  fileName?: string
  contentType?: string
  sizeBytes?: number
  options?: z.input<typeof taskOptions>
}

const CONTENT_TYPES: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.mkv': 'video/x-matroska',
  '.webm': 'video/webm',
  '.avi': 'video/x-msvideo',
  '.ts': 'video/mp2t',
}
/** A multiple of 256 KiB, so that files of a few megabytes take several chunks. */
const CHUNK_BYTES = 1024 * 1024
const SETTLED = new Set(['completed', 'failed', 'cancelled', 'expired'])
const PATIENCE_MILLIS = 480_000 // for a machine that has much else to do

/** A user of the public API, who knows nothing of the product but its address. */
export class Client {
  readonly baseUrl: string
  readonly account: { username: string; email: string; password: string }
  accessToken = ''
  refreshToken = ''

  constructor(baseUrl: string, account: Client['account']) {
    this.baseUrl = baseUrl
    this.account = account
  }

  /** Makes a new account with a name that is nobody else's, and logs in. */
  static async signUp(baseUrl: string): Promise<Client> {
    const username = `test-${randomBytes(6).toString('hex')}`
    const client = new Client(baseUrl, {
      username,
      email: `${username}@example.com`,
      password: randomBytes(12).toString('base64url'),
    })
    await client.expect(201, 'POST', '/api/auth/signup', client.account)
    await client.logIn()
    return client
  }

  /** Logs in with the account's e-mail address, or with `login`. */
  async logIn(login: string = this.account.email): Promise<void> {
    const { password } = this.account
    const answer = await this.expect(200, 'POST', '/api/auth/login', { email: login, password })
    const tokens = z.object({ accessToken: z.string(), refreshToken: z.string() }).parse(answer.body)
    this.accessToken = tokens.accessToken
    this.refreshToken = tokens.refreshToken
  }

  /** One call, whatever comes of it. */
  async call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: {
        ...(this.accessToken !== '' && { authorization: `Bearer ${this.accessToken}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    checkAnswer({ method, path, status: response.status, headers: response.headers, text })
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** One call that must be answered with this status. Throws with the answer otherwise. */
  async expect(status: number, ...call: Parameters<Client['call']>): Promise<Answer> {
    const answer = await this.call(...call)
    if (answer.status !== status) {
      throw new Error(`${call[0]} ${call[1]}: ${answer.status} ${JSON.stringify(answer.body)}`)
    }
    return answer
  }

  /** Makes a task for a file, and says how to upload it. */
  async createTask(path: string, options: NewTask = {}): Promise<{ task: Task; upload: UploadInstructions }> {
    const answer = await this.expect(201, 'POST', '/api/tasks', await describeFile(path, options))
    const { task, upload } = created.parse(answer.body)
    if (upload === null) throw new Error('the new task has no upload')
    return { task, upload }
  }

  /** Makes a task, uploads its file and says so; the task is queued after that. */
  async submit(path: string, options: NewTask = {}): Promise<Task> {
    const { task, upload } = await this.createTask(path, options)
    await uploadFile(upload, path)
    return await this.uploaded(task.id)
  }

  /** Says that the upload of a task is there. */
  async uploaded(taskId: string): Promise<Task> {
    return task.parse((await this.expect(200, 'POST', `/api/tasks/${taskId}/uploaded`)).body)
  }

  async task(taskId: string): Promise<Task> {
    return task.parse((await this.expect(200, 'GET', `/api/tasks/${taskId}`)).body)
  }

  async cancel(taskId: string): Promise<Task> {
    return task.parse((await this.expect(200, 'POST', `/api/tasks/${taskId}/cancel`)).body)
  }

  async retry(taskId: string): Promise<Task> {
    return task.parse((await this.expect(200, 'POST', `/api/tasks/${taskId}/retry`)).body)
  }

  /** Waits, asking again at each change, until `isWanted`. Calls `onSeen` with each state. Throws after some minutes. */
  async waitFor(taskId: string, isWanted: (task: Task) => boolean, onSeen?: (task: Task) => void): Promise<Task> {
    const deadline = Date.now() + PATIENCE_MILLIS
    let etag = ''
    let seen: Task | undefined
    while (Date.now() < deadline) {
      const answer = await this.call('GET', `/api/tasks/${taskId}`, undefined, {
        prefer: 'wait=10',
        'if-none-match': etag,
      })
      if (answer.status === 304) continue
      if (answer.status !== 200) throw new Error(`GET ${taskId}: ${answer.status} ${JSON.stringify(answer.body)}`)
      etag = answer.headers.get('etag') ?? ''
      seen = task.parse(answer.body)
      onSeen?.(seen)
      if (isWanted(seen)) return seen
      if (SETTLED.has(seen.status)) break
    }
    throw new Error(`the task never came to what was waited for: ${JSON.stringify(seen)}`)
  }

  /** Waits until a task has settled, whichever way. */
  settled(taskId: string, onSeen?: (task: Task) => void): Promise<Task> {
    return this.waitFor(taskId, ({ status }) => SETTLED.has(status), onSeen)
  }

  /** Waits until the encoder of a task has begun to deliver frames. */
  encoding(taskId: string): Promise<Task> {
    return this.waitFor(taskId, ({ status, progress }) => status === 'processing' && progress > 0)
  }

  /** Submits a file and waits until its task has settled. */
  async convert(path: string, options: NewTask = {}): Promise<Task> {
    const { id } = await this.submit(path, options)
    return await this.settled(id)
  }
}

/** The body of POST /api/tasks for a file. */
export const describeFile = async (path: string, options: NewTask): Promise<object> => ({
  fileName: basename(path),
  contentType: CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
  sizeBytes: (await stat(path)).size,
  ...options,
})

/** Uploads a file as instructed. Throws with the storage's answer when it is refused. */
export const uploadFile = async (upload: UploadInstructions, path: string): Promise<void> => {
  await using file = await open(path)
  const { size } = await file.stat()
  const start = await fetch(upload.url, {
    method: upload.method,
    headers: upload.headers,
    ...(upload.type === 'single' && { body: await file.readFile() }),
  })
  if (upload.type === 'single' && start.status === 200) return
  const session = start.headers.get('location')
  if (start.status !== 201 || session === null) throw new Error(`upload: ${start.status} ${await start.text()}`)
  for (let first = 0; first < size; ) {
    const length = Math.min(CHUNK_BYTES, size - first)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, first)
    const range = `bytes ${first}-${first + length - 1}/${size}`
    const response = await fetch(session, { method: 'PUT', headers: { 'content-range': range }, body: buffer })
    const text = await response.text()
    if (response.status === 200) return
    if (response.status !== 308) throw new Error(`upload: ${response.status} ${text}`)
    const kept = /^bytes=0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1]
    first = kept === undefined ? 0 : Number(kept) + 1
  }
}

/** Downloads the only output of a completed task to `path`, and returns the headers of the answer. */
export const downloadResult = async ({ outputs }: Task, path: string): Promise<Headers> => {
  const [only, ...others] = outputs
  if (only === undefined || others.length > 0) throw new Error(`the task has ${outputs.length} outputs`)
  const response = await fetch(only.url)
  if (!response.ok || response.body === null) throw new Error(`download: ${response.status} ${await response.text()}`)
  await pipeline(Readable.fromWeb(response.body), createWriteStream(path))
  return response.headers
}
