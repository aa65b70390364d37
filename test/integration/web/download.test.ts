import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callerOf, taskIn } from '../../support/call.ts'
import { completedTask } from '../../support/completed-task.ts'
import { startTestWeb } from '../../support/web.ts'
import { withinAnHour } from '../../support/within-an-hour.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const result = Buffer.from('the result')

const completed = (fileName: string, extension = 'mp4', contentType = 'video/mp4') =>
  completedTask(web, userId, { fileName, bytes: result, extension, contentType })

const outputOf = async (id: string) => {
  const [output] = taskIn(await call('GET', `/api/tasks/${id}`, { token })).outputs
  assert.ok(output)
  return output
}

describe('the download URL of a result', () => {
  test('answers with the bytes, the size and the type of the result', async () => {
    const { id } = await completed('clip.mov', 'webm', 'video/webm')
    const output = await outputOf(id)
    const { url, expiresAt, ...facts } = output
    assert.deepEqual(facts, {
      name: 'video',
      contentType: 'video/webm',
      sizeBytes: result.length,
      width: 640,
      height: 360,
      durationSeconds: 20,
      copied: false,
      startsAtSeconds: null,
    })
    const download = await fetch(url)
    assert.equal(download.status, 200)
    assert.equal(download.headers.get('content-type'), 'video/webm')
    assert.deepEqual(Buffer.from(await download.arrayBuffer()), result)
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000
    assert.ok(minutes > 59 && minutes <= 120, String(minutes))
  })

  // RFC 6266 and RFC 8187: a plain name for old clients, and filename* where the name is more than ASCII.
  const names: [fileName: string, disposition: string][] = [
    ['clip.mov', 'attachment; filename=clip.mp4'],
    ['two words.mov', 'attachment; filename="two words.mp4"'],
    ['say "hi".mov', 'attachment; filename="say \\"hi\\".mp4"'],
    ['été.MOV', 'attachment; filename="?t?.mp4"; filename*=UTF-8\'\'%C3%A9t%C3%A9.mp4'],
    ['日本 🎬.mkv', 'attachment; filename="?? ?.mp4"; filename*=UTF-8\'\'%E6%97%A5%E6%9C%AC%20%F0%9F%8E%AC.mp4'],
    ['100%41.mov', 'attachment; filename="100%41.mp4"; filename*=UTF-8\'\'100%2541.mp4'],
    ['a;b=c,d.tar.ts', 'attachment; filename="a;b=c,d.tar.mp4"'],
    ['.mov', 'attachment; filename=.mp4'],
  ]
  for (const [fileName, disposition] of names) {
    test(`saves ${fileName} under its name with the extension of the result`, async () => {
      const { id } = await completed(fileName)
      const download = await fetch((await outputOf(id)).url)
      assert.equal(download.status, 200, await download.clone().text())
      const saved = download.headers.get('content-disposition') ?? ''
      assert.deepEqual(namesIn(saved), namesIn(disposition), saved)
    })
  }

  test('of a name of 255 characters of three bytes each still works', async () => {
    const { id } = await completed(`${'日'.repeat(251)}.mov`)
    const download = await fetch((await outputOf(id)).url)
    assert.equal(download.status, 200)
    assert.ok((download.headers.get('content-disposition') ?? '').endsWith('%E6%97%A5.mp4'))
  })

  test('stays the same within its hour, in the task and in the list, so that a task that did not change is 304', async () => {
    await withinAnHour()
    const { id } = await completed('clip.mov')
    const { url } = await outputOf(id)
    assert.equal((await outputOf(id)).url, url)
    const list = await call('GET', '/api/tasks?limit=1', { token })
    assert.ok(list.text.includes(JSON.stringify(url)))
  })

  test('keeps to the generation that was proven, whatever is written over it', async () => {
    const { id, objectName } = await completed('clip.mov')
    const { url } = await outputOf(id)
    await web.deps.outputs.file(objectName).save('something else')
    const download = await fetch(url)
    assert.notEqual(await download.text(), 'something else')
  })

  test('cannot be turned into one for another object, name or type', async () => {
    const [mine, other] = [await completed('clip.mov'), await completed('other.mov')]
    const { url } = await outputOf(mine.id)
    for (const changed of [
      url.replace(mine.objectName, other.objectName),
      url.replace('clip.mp4', 'evil.mp4'),
      url.replace('video%2Fmp4', 'text%2Fhtml'),
    ]) {
      assert.notEqual(changed, url)
      assert.equal((await fetch(changed)).status, 403)
    }
  })
})

/** The names in a Content-Disposition; how a name that needs no quotes is quoted, and how others fall back, is free. */
const namesIn = (disposition: string) => {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const quoted = /filename="((?:[^"\\]|\\.)*)"/.exec(disposition)?.[1]?.replace(/\\(.)/g, '$1')
  const plain = /filename=([^";]+)/.exec(disposition)?.[1]
  return { type: /^\w+/.exec(disposition)?.[0], name: extended ? decodeURIComponent(extended) : (quoted ?? plain) }
}
