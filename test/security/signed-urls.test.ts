import assert from 'node:assert/strict'
import { createPublicKey, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { names } from '@reelway/local/cloud-resources.ts'
import { parseRequestTarget } from '@reelway/local/storage/request-target.ts'
import { verifySignature } from '@reelway/local/storage/signature.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'
import { z } from 'zod'
import { callerOf, createdIn, taskIn } from '../support/call.ts'
import { completedTask } from '../support/completed-task.ts'
import { checksumOf, sendUpload } from '../support/send-upload.ts'
import { startTestWeb } from '../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()
const file = Buffer.from(randomBytes(1_000))

const create = async (uploadType: 'resumable' | 'single') => {
  const json = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: file.length, uploadType }
  const { task, upload } = createdIn(await call('POST', '/api/tasks', { token, json }))
  assert.ok(upload)
  return { task, upload, object: web.deps.uploads.file(sourceObjectName(task.id)) }
}

const send = async (url: string, init: RequestInit): Promise<number> => {
  const answer = await fetch(url, init)
  await answer.arrayBuffer()
  return answer.status
}

/** Asserts that a URL is refused, for what it is (400, 403) or for what is there already (412). */
const assertRefused = async (what: string, url: string, init: RequestInit): Promise<void> => {
  const status = await send(url, init)
  assert.ok([400, 403, 412].includes(status), `${what}: ${status}`)
}

/** What becomes of a signed request at another time, by the public key of the account that signed it. */
const verdictAt = async (url: string, method: string, headers: Record<string, string>, at: Date): Promise<string> => {
  const keyFile = z.object({ client_email: z.string(), private_key: z.string() })
  const account = keyFile.parse(JSON.parse(await readFile(process.env.GOOGLE_APPLICATION_CREDENTIALS ?? '', 'utf8')))
  const publicKey = createPublicKey(account.private_key).export({ type: 'spki', format: 'pem' }).toString()
  const { path, query } = parseRequestTarget(url.slice(web.storage.url.length))
  const request = { method, path, query, headers: { host: new URL(url).host, ...headers } }
  return verifySignature(request, new Map([[account.client_email, publicKey]]), at)?.code ?? 'accepted'
}

describe('an upload URL', () => {
  for (const uploadType of ['resumable', 'single'] as const) {
    const start = ({ method, headers }: UploadInstructions): RequestInit => ({
      method,
      headers,
      body: uploadType === 'single' ? file : '',
    })

    test(`takes one file of one task and does nothing else: ${uploadType}`, async () => {
      const [mine, other] = [await create(uploadType), await create(uploadType)]
      const { url } = mine.upload
      const good = start(mine.upload)
      for (const method of ['GET', 'HEAD', 'DELETE', 'PATCH', uploadType === 'single' ? 'POST' : 'PUT']) {
        const { headers } = mine.upload
        await assertRefused(method, url, { method, headers, ...(/P/.test(method) && { body: file }) })
      }
      const id = encodeURIComponent(mine.task.id)
      for (const [what, changed] of [
        ["another task's object", url.replace(id, other.task.id)],
        ['an object beside it', url.replace(id, `${id}.mp4`)],
        ['an object above it', url.replace(`sources/${id}`, `sources/../outputs/${id}`)],
        ['the other bucket', url.replace(names.uploadsBucket, names.outputsBucket)],
        ['a longer life', url.replace(/X-Goog-Expires=\d+/i, 'X-Goog-Expires=604800')],
        ['a later start', url.replace(/X-Goog-Date=\d{8}/i, 'X-Goog-Date=20990101')],
        ['another signer', url.replace(/X-Goog-Credential=[^%]+/i, 'X-Goog-Credential=mallory')],
        ['fewer signed headers', url.replace(/X-Goog-SignedHeaders=[^&]+/i, 'X-Goog-SignedHeaders=host')],
        ['another list of rights', `${url}&acl`],
        ['a generation', `${url}&generation=1`],
      ] as const) {
        assert.notEqual(changed, url, what)
        await assertRefused(what, changed, good)
      }
      for (const [name, value] of [
        ['content-type', 'text/html'],
        ['x-goog-content-length-range', '0,99999999999'],
        ['x-goog-if-generation-match', '1'],
        ['x-goog-acl', 'public-read'],
        ['x-goog-copy-source', `${names.uploadsBucket}/${sourceObjectName(other.task.id)}`],
        ['x-goog-meta-x', 'x'],
      ] as const) {
        await assertRefused(name, url, { ...good, headers: { ...mine.upload.headers, [name]: value } })
      }
      assert.deepEqual([await mine.object.exists(), await other.object.exists()], [[false], [false]])
      assert.equal(await sendUpload(mine.upload, file), 200, 'what all of these differ from')
    })

    test(`is worth nothing once the file is there, and after its hour: ${uploadType}`, async () => {
      const { upload, object } = await create(uploadType)
      assert.equal(await sendUpload(upload, file), 200)
      await assertRefused('again', upload.url, start(upload))
      assert.equal((await object.getMetadata())[0].crc32c, checksumOf(file))
      const ends = Date.parse(upload.expiresAt)
      const { url, method, headers } = upload
      assert.equal(await verdictAt(url, method, headers, new Date(ends - 2_000)), 'accepted')
      assert.equal(await verdictAt(url, method, headers, new Date(ends + 2_000)), 'ExpiredToken')
    })
  }

  test('that is resumable takes no more bytes than were announced, and none for another object', async () => {
    const [mine, other] = [await create('resumable'), await create('resumable')]
    const { method, headers, url } = mine.upload
    const started = await fetch(url, { method, headers, body: '' })
    const session = started.headers.get('location') ?? ''
    const longer = Buffer.from(randomBytes(file.length + 1))
    await assertRefused('one byte more', session, { method: 'PUT', body: longer })
    assert.deepEqual(await mine.object.exists(), [false])
    const elsewhere = session.replace(mine.task.id, other.task.id)
    assert.notEqual(elsewhere, session)
    await send(elsewhere, { method: 'PUT', body: file })
    assert.deepEqual(await other.object.exists(), [false])
  })
})

describe('a download URL', () => {
  test('gives one generation of one result under one name, and nothing else', async () => {
    const bytes = Buffer.from('the result')
    const mine = await completedTask(web, userId, { fileName: 'mine.mov', bytes })
    const other = await completedTask(web, userId, { fileName: 'other.mov', bytes: Buffer.from('another result') })
    const [output] = taskIn(await call('GET', `/api/tasks/${mine.id}`, { token })).outputs
    assert.ok(output)
    const { url, expiresAt } = output
    assert.equal(await send(url, {}), 200)
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
      await assertRefused(method, url, { method, ...(method !== 'DELETE' && { body: 'x' }) })
    }
    const parameters = [...new URL(url).searchParams.keys()]
    for (const name of parameters) {
      const without = new URL(url)
      without.searchParams.delete(name)
      await assertRefused(`without ${name}`, without.href, {})
      const changed = new URL(url)
      changed.searchParams.set(name, `${changed.searchParams.get(name)}0`)
      await assertRefused(`with another ${name}`, changed.href, {})
    }
    assert.ok(parameters.includes('generation') && parameters.includes('response-content-disposition'))
    await assertRefused('another object', url.replace(mine.objectName, other.objectName), {})
    await assertRefused('the list of the bucket', url.replace(mine.objectName, ''), {})
    await assertRefused('the upload', url.replace(names.outputsBucket, names.uploadsBucket), {})
    const ends = Date.parse(expiresAt)
    assert.equal(await verdictAt(url, 'GET', {}, new Date(ends - 2_000)), 'accepted')
    assert.equal(await verdictAt(url, 'GET', {}, new Date(ends + 2_000)), 'ExpiredToken')
    const [{ crc32c }] = await web.deps.outputs.file(mine.objectName).getMetadata()
    assert.equal(crc32c, checksumOf(bytes))
  })
})
