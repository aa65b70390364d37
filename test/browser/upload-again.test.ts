import assert from 'node:assert/strict'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium, startUploadPlace, type UploadPlace } from './upload-place.ts'

const MIB = 1024 * 1024
const place: UploadPlace | undefined = noChromium === false ? await startUploadPlace() : undefined
const { web, open, newVideo, give, until, arrives, tasks } = place ?? ({} as UploadPlace)

const stall = (afterBytes: number) =>
  web.storage.faults.add({
    match: { api: 'resumable', method: 'PUT' },
    action: { kind: 'stall', ms: 600_000, afterBytes },
  })

/** What a page asks the storage from now on, by the header Content-Range. */
const rangesOf = (page: Page): string[] => {
  const ranges: string[] = []
  page.on('request', (request) => {
    const range = request.headers()['content-range']
    if (range !== undefined) ranges.push(range)
  })
  return ranges
}

/** Begins to upload a file, of which the storage then has 8 MiB and a part of the next piece. */
const begin = async (page: Page, path: string): Promise<void> => {
  await give(page, path, true)
  await until(page, 'choosing')
}

describe('an upload that was left', { skip: noChromium }, () => {
  test('goes on where it was when the same file is given again after a reload', async () => {
    const { page, context } = await open()
    const path = await newVideo('again.mp4', 20)
    await begin(page, path)
    await page.reload()
    await until(page, 'needs-file')
    const ranges = rangesOf(page)
    const renamed = join(dirname(path), 'renamed.mp4')
    await copyFile(path, renamed)
    await give(page, renamed, true)
    const task = await arrives(page, path)
    assert.match(task.fileName, /again\.mp4$/)
    assert.match(ranges[0] ?? '', /^bytes \*\//)
    assert.ok(Number(/^bytes (\d+)-/.exec(ranges[1] ?? '')?.[1]) > 15 * MIB, ranges.join())
    assert.equal((await tasks(page)).length, 1)
    await context.close()
  })

  test('is not gone on with by another file of the same name', async () => {
    const { page, context } = await open()
    const path = await newVideo('same-name.mp4', 10)
    await begin(page, path)
    await page.reload()
    await until(page, 'needs-file')
    const other = join(dirname(path), 'other', basename(path))
    await mkdir(dirname(other))
    await copyFile(await newVideo('x.mp4', 10), other)
    await give(page, other)
    await arrives(page, other)
    await until(page, 'needs-file')
    assert.equal((await tasks(page)).length, 2)
    await context.close()
  })

  test('runs in one tab only: another one says so, and offers it when the first is closed', async () => {
    const { page, context } = await open()
    const path = await newVideo('two-tabs.mp4', 20)
    await begin(page, path)
    const second = await context.newPage()
    await second.goto(page.url())
    await until(second, 'elsewhere')
    await give(second, path, true)
    await second.waitForTimeout(500)
    assert.equal(await second.locator('[data-upload]').count(), 1)
    await page.close()
    await until(second, 'needs-file')
    await give(second, path, true)
    await arrives(second, path)
    await context.close()
  })

  test('is warned of while bytes are on their way, and only then', async () => {
    const { page, context } = await open()
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await page.reload()
    stall(MIB)
    await give(page, await newVideo('leaving.mp4', 20))
    await until(page, 'sending')
    await page.close({ runBeforeUnload: true })
    await page.waitForTimeout(500)
    assert.deepEqual(asked, ['beforeunload'])
    await page.getByRole('button', { name: /^Cancel:/ }).click()
    await page.reload()
    assert.deepEqual(asked, ['beforeunload'])
    assert.deepEqual(await tasks(page), [])
    await context.close()
  })
})

describe('what is uploaded', { skip: noChromium }, () => {
  test('can still be chosen while it is on its way, with a part of it on a picture of the file', async () => {
    const { page, context } = await open()
    const path = await newVideo('chosen.mp4', 10)
    await give(page, path, true)
    await until(page, 'choosing')
    await page.getByText(/0:0\d · 320×180 · AVC/).waitFor()
    await page.getByLabel('Convert to').selectOption('webm-720p')
    await page.getByLabel('Begins at').fill('0.5')
    await page.getByRole('button', { name: /^Convert:/ }).click()
    const task = await arrives(page, path)
    assert.deepEqual([task.preset, task.options.trim?.startSeconds], ['webm-720p', 0.5])
    await context.close()
  })

  test('is refused at once when it is no video, and nothing is made of it', async () => {
    const { page, context } = await open()
    const path = join(dirname(await newVideo('x.mp4', 1)), 'diary.mp4')
    await writeFile(path, 'Dear diary, today I flew.')
    await give(page, path, true)
    await until(page, 'refused')
    await page.getByText('The name is that of a video, but what is in the file is not.').first().waitFor()
    assert.deepEqual(await tasks(page), [])
    await context.close()
  })

  test('may be dropped or pasted, and several go without a question, two at a time', async () => {
    const { page, context } = await open()
    web.storage.faults.add({
      match: { api: 'resumable', method: 'PUT' },
      times: 2,
      action: { kind: 'delay', ms: 4_000 },
    })
    await page.evaluate(() => {
      const bytes = new Uint8Array(300_000)
      bytes.set([0, 0, 0, 8, 0x77, 0x69, 0x64, 0x65])
      const transfer = new DataTransfer()
      for (const name of ['one.mov', 'two.mov', 'three.mov']) transfer.items.add(new File([bytes], name))
      dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }))
      const pasted = new DataTransfer()
      pasted.items.add(new File([bytes.fill(7, 100)], 'four.mov'))
      dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, cancelable: true }))
    })
    await until(page, 'in-line')
    await page.locator('[data-upload="done"]').nth(2).waitFor()
    await context.close()
  })
})
