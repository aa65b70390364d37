import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { names } from '@reelway/local/cloud-resources.ts'
import { assetObjectName, sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { z } from 'zod'
import { withDatabase } from '../faults/with-database.ts'
import { Client, created, downloadResult, type Task, uploadFile, uploadInstructions } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { frameGrid, inspectVideo } from './inspect-video.ts'
import { useStack } from './place.ts'
import { eventually, objectsOf } from './watch-stack.ts'

const asset = z.object({ id: z.string(), status: z.string(), error: z.object({ code: z.string() }).nullable() })
const newAsset = z.object({ asset, upload: uploadInstructions })

describe('what was uploaded once', () => {
  const place = useStack()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
  })

  const convertAgain = async (sourceTaskId: string, preset: string): Promise<Task> => {
    const answer = await client.expect(201, 'POST', '/api/tasks', { sourceTaskId, preset })
    const { task, upload } = created.parse(answer.body)
    assert.equal(upload, null)
    return await client.settled(task.id)
  }
  const uploadObject = (name: string) =>
    new Storage({ projectId: names.project, apiEndpoint: place.stack.storage.url })
      .bucket(names.uploadsBucket)
      .file(name)
  /** The bucket's notification, as it may come again days later. */
  const notifyAgain = async (name: string, generation: string) => {
    const { pubsub } = place.stack
    const attributes = {
      eventType: 'OBJECT_FINALIZE',
      bucketId: names.uploadsBucket,
      objectId: name,
      objectGeneration: generation,
    }
    await pubsub.publish(`projects/${names.project}/topics/${names.uploads}`, { data: Buffer.from('{}'), attributes })
    await pubsub.idle()
  }
  const isPurged = (taskId: string) =>
    withDatabase(place.stack.databaseUrl, async (connection) => {
      const { rowCount } = await connection.query('select from tasks where id = $1', [taskId])
      return rowCount === 0
    })

  test('is converted again after the first task was deleted and purged, and gone after the last', async () => {
    const first = await client.convert(await makeVideo('two-tenths'), { preset: 'mp4-720p' })
    assert.equal(first.error, null)
    const name = sourceObjectName(first.id)
    const [{ generation }] = await uploadObject(name).getMetadata()
    const second = await convertAgain(first.id, 'webm-720p')
    assert.equal(second.error, null)
    await client.expect(204, 'DELETE', `/api/tasks/${first.id}`)
    assert.deepEqual(await objectsOf(place.stack, 'outputs', first.id), [])
    await eventually('the first task is purged', () => isPurged(first.id))
    await notifyAgain(name, String(generation))

    const third = await convertAgain(second.id, 'league')
    assert.equal(third.error, null)
    const [webm, league] = [join(place.folder, 'second.webm'), join(place.folder, 'third.mp4')]
    await downloadResult(second, webm)
    await downloadResult(third, league)
    const { video } = await inspectVideo(webm)
    assert.deepEqual([video.codec_name, video.width, video.height], ['vp9', 320, 180])
    // After a second of logo, the same first frame in twice the size.
    const [small, large] = [await frameGrid(webm, 0), await frameGrid(league, 30)]
    const apart = small.map((value, cell) => Math.abs(value - (large[cell] ?? 0)))
    assert.ok(Math.max(...apart) < 16, `the pictures differ by ${Math.max(...apart)}`)

    await client.expect(204, 'DELETE', `/api/tasks/${second.id}`)
    assert.deepEqual(await uploadObject(name).exists(), [true])
    await client.expect(204, 'DELETE', `/api/tasks/${third.id}`)
    assert.deepEqual(await uploadObject(name).exists(), [false])
    await eventually('all are purged', async () => (await isPurged(second.id)) && (await isPurged(third.id)))
    assert.deepEqual(await objectsOf(place.stack, 'outputs', third.id), [])
  })

  test('that the storage did not delete with its last task is deleted by the reaper', async () => {
    const first = await client.convert(await makeVideo('two-tenths'), { preset: 'mp4-720p' })
    const second = await convertAgain(first.id, 'mp4-720p')
    await client.expect(204, 'DELETE', `/api/tasks/${first.id}`)
    await eventually('the first task is purged', () => isPurged(first.id))
    // As often as web tries.
    const match = { method: 'DELETE', object: new RegExp(`^${names.uploadsBucket}/`) }
    place.stack.storage.faults.add({ match, times: 2, action: { kind: 'status', status: 503 } })
    await client.expect(204, 'DELETE', `/api/tasks/${second.id}`)
    await eventually('the upload is gone', async () => !(await uploadObject(sourceObjectName(first.id)).exists())[0])
    await eventually('the second task is purged', () => isPurged(second.id))
  })

  const describePicture = async (bytes: Buffer) => {
    const path = join(place.folder, `${randomBytes(4).toString('hex')}.png`)
    await writeFile(path, bytes)
    const body = { fileName: 'logo.png', contentType: 'image/png', sizeBytes: bytes.length }
    return { path, ...newAsset.parse((await client.expect(201, 'POST', '/api/assets', body)).body) }
  }
  const assetNow = async (id: string) => asset.parse((await client.expect(200, 'GET', `/api/assets/${id}`)).body)

  test("of a picture is known by the bucket's notification alone", async () => {
    const { path, asset: picture, upload } = await describePicture(randomBytes(5_000))
    await uploadFile(upload, path)
    await eventually('the asset is ready', async () => (await assetNow(picture.id)).status === 'ready')
    const name = assetObjectName(picture.id)
    const [{ generation }] = await uploadObject(name).getMetadata()
    await notifyAgain(name, String(generation))
    assert.equal((await assetNow(picture.id)).status, 'ready')

    await client.expect(204, 'DELETE', `/api/assets/${picture.id}`)
    assert.deepEqual(await uploadObject(name).exists(), [false])
    await uploadObject(name).save('what arrives for a deleted asset')
    await eventually('it is removed', async () => !(await uploadObject(name).exists())[0])
  })

  test('of a picture that is not what was announced is removed by the notification, and its owner told', async () => {
    const { asset: picture } = await describePicture(randomBytes(5_000))
    await uploadObject(assetObjectName(picture.id)).save('something else')
    await eventually('it is refused', async () => (await assetNow(picture.id)).error?.code === 'upload_size_mismatch')
    assert.equal((await assetNow(picture.id)).status, 'awaiting_upload')
    assert.deepEqual(await uploadObject(assetObjectName(picture.id)).exists(), [false])
  })
})
