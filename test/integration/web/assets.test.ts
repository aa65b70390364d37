import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import type { AssetResource } from '@reelway/web/assets/asset-schema.ts'
import { uploadSchema } from '@reelway/web/uploads/upload-schema.ts'
import { z } from 'zod'
import { assertInvalid, assertProblem, assetIn, callerOf, createdAssetIn, createdIn } from '../../support/call.ts'
import { newAsset, newTask } from '../../support/rows.ts'
import { checksumOf, sendUpload } from '../../support/send-upload.ts'
import { startTestWeb } from '../../support/web.ts'
import { withinAnHour } from '../../support/within-an-hour.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const file = Buffer.from(randomBytes(300_000))
const other = Buffer.from(randomBytes(file.length))
const valid = { fileName: 'logo.png', contentType: 'image/png', sizeBytes: file.length }

const post = (fields: object = {}, headers: Record<string, string> = {}) =>
  call('POST', '/api/assets', { token, headers, json: { ...valid, ...fields } })
const create = async (fields: object = {}) => createdAssetIn(await post(fields))
const uploaded = ({ id }: AssetResource) => call('POST', `/api/assets/${id}/uploaded`, { token })
const object = ({ id }: { id: string }) => web.deps.uploads.file(assetObjectName(id))

/** A ready asset, as one comes to be. */
const readyAsset = async (fields: object = {}): Promise<AssetResource> => {
  const { asset, upload } = await create(fields)
  assert.ok(upload)
  assert.equal(await sendUpload(upload, file), 200)
  return assetIn(await uploaded(asset))
}

describe('a new asset', () => {
  test('is answered with its place, its kind and how to upload its file', async () => {
    const answer = await post()
    const { asset, upload } = createdAssetIn(answer)
    assert.equal(answer.headers.get('location'), `/api/assets/${asset.id}`)
    assert.deepEqual(
      { ...asset, id: '', createdAt: '' },
      {
        id: '',
        status: 'awaiting_upload',
        kind: 'picture',
        ...valid,
        error: null,
        url: null,
        expiresAt: null,
        createdAt: '',
      },
    )
    assert.equal(upload?.method, 'POST')
    assert.ok(upload?.url.includes(`/assets/${asset.id}`) && !upload.url.includes('logo'))
  })

  for (const [fileName, contentType, kind] of [
    ['a.PNG', 'image/png', 'picture'],
    ['a.jpeg', 'image/jpeg', 'picture'],
    ['a.webp', 'application/octet-stream', 'picture'],
    ['a.mov', 'video/quicktime', 'clip'],
    ['a.mkv', 'application/octet-stream', 'clip'],
  ] as const) {
    test(`that is called ${fileName}, ${contentType}, is a ${kind}`, async () => {
      assert.equal((await create({ fileName, contentType })).asset.kind, kind)
    })
  }

  for (const [fileName, contentType] of [
    ['logo', 'image/png'],
    ['logo.svg', 'image/svg+xml'],
    ['logo.png', 'image/svg+xml'],
    ['logo.png', 'text/html'],
    ['logo.gif', 'image/gif'],
    ['clip.mp4', 'image/png'],
    ['song.exe', 'application/octet-stream'],
  ] as const) {
    test(`that is called ${fileName}, ${contentType}, is refused`, async () => {
      assertProblem(await post({ fileName, contentType }), 'unsupported_file_type')
    })
  }

  test('is refused when it is larger than its kind may be', async () => {
    const clip = { fileName: 'clip.mp4', contentType: 'video/mp4' }
    assertProblem(await post({ sizeBytes: 20 * 1024 ** 2 + 1 }), 'file_too_large')
    assertProblem(await post({ ...clip, sizeBytes: 2 * 1024 ** 3 + 1 }), 'file_too_large')
    await create({ sizeBytes: 20 * 1024 ** 2 })
    await create({ ...clip, sizeBytes: 2 * 1024 ** 3 })
  })

  test('is refused with fields that are wrong or not known', async () => {
    assertInvalid(await post({ sizeBytes: 0, preset: 'league' }), ['/preset', '/sizeBytes'])
    assertInvalid(await post({ fileName: '../x.png' }), ['/fileName'])
  })

  test('is made once for an Idempotency-Key, whatever tasks are made with', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(Array.from({ length: 4 }, () => post({}, headers)))
    assert.equal(new Set(answers.map((answer) => createdAssetIn(answer).asset.id)).size, 1)
    assert.equal(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'true').length, 3)
    assertProblem(await post({ sizeBytes: 1 }, headers), 'idempotency_key_reused')
    const json = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1000 }
    const task = createdIn(await call('POST', '/api/tasks', { token, headers, json })).task
    assert.equal(createdIn(await call('POST', '/api/tasks', { token, headers, json })).task.id, task.id)
    assert.equal((await post({}, headers)).headers.get('idempotent-replayed'), 'true')
  })
})

describe('the upload of an asset', () => {
  for (const uploadType of ['resumable', 'single']) {
    test(`makes it ready to be used and downloaded: ${uploadType}`, async () => {
      await withinAnHour()
      const asset = await readyAsset({ uploadType, crc32c: checksumOf(file), fileName: 'Mein "Logo".png' })
      assert.equal(asset.status, 'ready')
      const shown = assetIn(await call('GET', `/api/assets/${asset.id}`, { token }))
      assert.deepEqual(shown, asset)
      const download = await fetch(shown.url ?? '')
      assert.deepEqual(Buffer.from(await download.arrayBuffer()), file)
      assert.match(download.headers.get('content-disposition') ?? '', /^attachment; .*Logo/)
      assert.equal(download.headers.get('content-type'), 'image/png')
      assert.deepEqual(assetIn(await uploaded(asset)), asset, 'saying it again changes nothing')
    })
  }

  test('that is damaged is removed and named, and the asset waits for a better one', async () => {
    const { asset, upload } = await create({ crc32c: checksumOf(file) })
    assert.ok(upload)
    assertProblem(await uploaded(asset), 'upload_missing')
    assert.equal(await sendUpload(upload, other), 200)
    assertProblem(await uploaded(asset), 'upload_checksum_mismatch')
    assert.deepEqual(await object(asset).exists(), [false])
    const waiting = assetIn(await call('GET', `/api/assets/${asset.id}`, { token }))
    assert.deepEqual(
      [waiting.status, waiting.error?.code, waiting.url],
      ['awaiting_upload', 'upload_checksum_mismatch', null],
    )
    assertProblem(await uploaded(asset), 'upload_checksum_mismatch')
    const renewed = await call('POST', `/api/assets/${asset.id}/upload-url`, { token })
    assert.equal(await sendUpload(uploadSchema.parse(JSON.parse(renewed.text)), file), 200)
    const ready = assetIn(await uploaded(asset))
    assert.deepEqual([ready.status, ready.error], ['ready', null])
    assertProblem(await call('POST', `/api/assets/${asset.id}/upload-url`, { token }), 'asset_state_conflict')
  })
})

test('assets are listed page by page, newest first', async () => {
  const owner = await web.newAccount()
  for (let index = 0; index < 5; index += 1) await newAsset(web.db, owner.userId, { fileName: `${index}.png` })
  const seen: string[] = []
  let cursor = ''
  do {
    const answer = await call('GET', `/api/assets?limit=2${cursor}`, { token: owner.token })
    const page = z.object({ data: z.array(z.object({ fileName: z.string() })), nextCursor: z.string().nullable() })
    const { data, nextCursor } = page.parse(JSON.parse(answer.text))
    seen.push(...data.map(({ fileName }) => fileName))
    cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`
  } while (cursor !== '')
  assert.deepEqual(seen.toSorted(), ['0.png', '1.png', '2.png', '3.png', '4.png'])
  assertInvalid(await call('GET', '/api/assets?limit=0&status=ready', { token }), ['/limit', '/status'])
})

describe('an asset of somebody else', () => {
  test('is not there, whatever is done with it', async () => {
    const asset = await readyAsset()
    const stranger = (await web.newAccount()).token
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/upload-url'],
      ['POST', '/uploaded'],
    ] as const) {
      assertProblem(await call(method, `/api/assets/${asset.id}${path}`, { token: stranger }), 'asset_not_found')
    }
    assertProblem(await call('GET', '/api/assets/no-id', { token }), 'asset_not_found')
    assert.deepEqual(await object(asset).exists(), [true])
  })
})

describe('a deleted asset', () => {
  const remove = ({ id }: AssetResource) => call('DELETE', `/api/assets/${id}`, { token })

  test('is gone with its object, also for the repetition of the request that made it', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const { asset, upload } = createdAssetIn(await post({}, headers))
    assert.ok(upload)
    await sendUpload(upload, file)
    await uploaded(asset)
    assert.equal((await remove(asset)).status, 204)
    assert.deepEqual(await object(asset).exists(), [false])
    assertProblem(await remove(asset), 'asset_not_found')
    assertProblem(await uploaded(asset), 'asset_not_found')
    assert.notEqual(createdAssetIn(await post({}, headers)).asset.id, asset.id)
  })

  for (const status of ['awaiting_upload', 'queued', 'processing'] as const) {
    test(`keeps its object for a task that is ${status}`, async () => {
      const asset = await readyAsset()
      await newTask(web.db, userId, { status, options: JSON.stringify({ intro: { asset: asset.id.toUpperCase() } }) })
      assert.equal((await remove(asset)).status, 204)
      assertProblem(await call('GET', `/api/assets/${asset.id}`, { token }), 'asset_not_found')
      assert.deepEqual(await object(asset).exists(), [true])
    })
  }

  test('keeps no object for tasks that have settled, nor for those of others', async () => {
    const asset = await readyAsset()
    const options = JSON.stringify({ watermark: { asset: asset.id } })
    for (const status of ['completed', 'failed', 'cancelled', 'expired'] as const) {
      await newTask(web.db, userId, { status, options })
    }
    await newTask(web.db, (await web.newAccount()).userId, { status: 'queued', options })
    await remove(asset)
    assert.deepEqual(await object(asset).exists(), [false])
  })
})
