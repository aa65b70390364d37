import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '@reelway/local/free-port.ts'
import { z } from 'zod'
import { beginWaiting } from '../../support/begin-waiting.ts'
import { callerOf, taskIn } from '../../support/call.ts'
import { newTask } from '../../support/rows.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const { token, userId } = await web.newAccount()
const { config } = web.deps
const main = fileURLToPath(new URL('../../../services/web/main.ts', import.meta.url))

const environment = {
  PATH: process.env.PATH,
  GOOGLE_CLOUD_PROJECT: config.GOOGLE_CLOUD_PROJECT,
  GOOGLE_APPLICATION_CREDENTIALS: process.env.GOOGLE_APPLICATION_CREDENTIALS,
  METADATA_SERVER_DETECTION: 'none',
  DATABASE_URL: config.DATABASE_URL,
  STORAGE_ENDPOINT: web.storage.url,
  PUBSUB_EMULATOR_HOST: web.pubsub.host,
  UPLOADS_BUCKET: config.UPLOADS_BUCKET,
  OUTPUTS_BUCKET: config.OUTPUTS_BUCKET,
  JWT_KEY_CURRENT: `${config.JWT_KEY_CURRENT.kid}:${config.JWT_KEY_CURRENT.secret.toString('base64')}`,
  PORT: '0',
}

const listening = z.object({ message: z.literal('listening'), metadata: z.object({ port: z.int() }) })

test('web answers a GET that waits and ends by itself, with 0, soon after SIGTERM', async () => {
  const child = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  after(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  let port = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const parsed = listening.safeParse(JSON.parse(line))
    if (!parsed.success) continue
    port = parsed.data.metadata.port
    break
  }
  child.stdout.resume()
  const call = callerOf(`http://127.0.0.1:${port}`)
  assert.equal((await call('GET', '/ready')).status, 200)
  const { id } = await newTask(web.db, userId, { status: 'processing' })
  const waiting = await beginWaiting(web.db, () =>
    call('GET', `/api/tasks/${id}`, { token, headers: { prefer: 'wait=60' } }),
  )
  const start = performance.now()
  child.kill('SIGTERM')
  assert.equal(taskIn(await waiting.answer).status, 'processing')
  assert.deepEqual(await ended, [0, null])
  assert.ok(performance.now() - start < 9_000, `${performance.now() - start} ms`)
})

test('web answers /health while it is being loaded, and ends with 0 at SIGTERM then', async () => {
  const port = await freePort()
  const child = spawn(process.execPath, [main], {
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  after(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  await answered(`http://127.0.0.1:${port}/health`, ended)
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
})

test('web does not start with a wrong configuration, and names every wrong variable but no value', async () => {
  const child = spawn(process.execPath, [main], {
    env: { ...environment, DATABASE_URL: 'mysql://root:secret@db', JWT_KEY_CURRENT: 'secret', UPLOADS_BUCKET: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 1)
  for (const name of ['DATABASE_URL', 'JWT_KEY_CURRENT', 'UPLOADS_BUCKET']) assert.ok(errors.includes(name), errors)
  assert.ok(!errors.includes('secret'), errors)
})

/** Resolves with the first answer; throws when the process ends without. */
const answered = async (url: string, ended: Promise<unknown>): Promise<void> => {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => undefined,
    )
    if (status === 200) return
  }
  throw new Error(`nobody answered ${url}`)
}
