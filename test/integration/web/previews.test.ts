import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assertProblem, callerOf, taskIn } from '../../support/call.ts'
import { completedTask } from '../../support/completed-task.ts'
import { newUser } from '../../support/rows.ts'
import { startTestWeb } from '../../support/web.ts'
import { withinAnHour } from '../../support/within-an-hour.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const bytes = Buffer.from('a picture')

const previewedTask = async (owner = userId) => {
  const { id } = await completedTask(web, owner, { fileName: 'clip.mov', bytes: Buffer.from('the result') })
  const store = async (name: string, contentType: string) => {
    const objectName = `outputs/${id}/token/${name}`
    const file = web.deps.outputs.file(objectName)
    await file.save(bytes, { contentType, resumable: false })
    return { objectName, generation: String(file.metadata.generation), contentType }
  }
  const [jpeg, webp] = [await store('poster.jpg', 'image/jpeg'), await store('poster.webp', 'image/webp')]
  const sprite = await store('storyboard.jpg', 'image/jpeg')
  const storyboard = { sprite, tileWidth: 160, tileHeight: 90, columns: 2, startsMillis: [0, 1000], endMillis: 2000 }
  const previews = { poster: { jpeg, webp, width: 640, height: 360 }, storyboard }
  await web.db
    .updateTable('tasks')
    .set({ previews: JSON.stringify(previews) })
    .where('id', '=', id)
    .execute()
  return id
}

describe('a completed task with previews', async () => {
  const id = await previewedTask()
  await withinAnHour()
  const task = taskIn(await call('GET', `/api/tasks/${id}`, { token }))

  test('shows a poster that can be fetched as JPEG and as WebP for an hour at least', async () => {
    const { poster } = task
    assert.ok(poster)
    assert.deepEqual([poster.width, poster.height], [640, 360])
    assert.ok(Date.parse(poster.expiresAt) > Date.now() + 59 * 60_000)
    for (const [url, contentType] of [
      [poster.url, 'image/jpeg'],
      [poster.webpUrl, 'image/webp'],
    ] as const) {
      const picture = await fetch(url)
      assert.equal(picture.headers.get('content-type'), contentType)
      assert.deepEqual(Buffer.from(await picture.arrayBuffer()), bytes)
    }
  })

  test('has a storyboard whose cues name a picture that can be fetched', async () => {
    assert.deepEqual(task.storyboard, {
      ...{ url: `/api/tasks/${id}/storyboard.vtt`, tileWidth: 160, tileHeight: 90, tiles: 2 },
    })
    const answer = await call('GET', `/api/tasks/${id}/storyboard.vtt`, { token })
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/vtt/)
    assert.equal(answer.headers.get('cache-control'), 'private, no-cache')
    const [first, second, ...more] = [...answer.text.matchAll(/^(https?:\S+)#xywh=(.*)$/gm)]
    assert.deepEqual([first?.[2], second?.[2], more], ['0,0,160,90', '160,0,160,90', []])
    const sprite = await fetch(first?.[1] ?? '')
    assert.deepEqual(Buffer.from(await sprite.arrayBuffer()), bytes)
  })

  test('shows the same addresses in lists', async () => {
    const { data } = JSON.parse((await call('GET', '/api/tasks', { token })).text)
    assert.deepEqual(data[0].poster, task.poster)
  })

  test('shows them to nobody else', async () => {
    const others = await previewedTask(await newUser(web.db))
    assertProblem(await call('GET', `/api/tasks/${others}/storyboard.vtt`, { token }), 'task_not_found')
  })
})

test('a task of an older release has neither poster nor storyboard, and says so by code', async () => {
  const { id } = await completedTask(web, userId, { fileName: 'clip.mov', bytes })
  const { poster, storyboard } = taskIn(await call('GET', `/api/tasks/${id}`, { token }))
  assert.deepEqual([poster, storyboard], [null, null])
  assertProblem(await call('GET', `/api/tasks/${id}/storyboard.vtt`, { token }), 'no_storyboard')
})
