import assert from 'node:assert/strict'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { giveFiles } from './give-files.ts'
import { handOver } from './hand-over.ts'
import { withoutChromium } from './start-browser.ts'
import { startUploadPlace, type UploadPlace } from './upload-place.ts'

const MIB = 1024 * 1024
const place: UploadPlace | undefined = withoutChromium === false ? await startUploadPlace() : undefined
const { web, open, newVideo, give, until, arrives, tasks, untilDrawn } = place ?? ({} as UploadPlace)

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

describe('an upload that was left', { skip: withoutChromium }, () => {
  test('goes on where it was when the same file is given again after a reload', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('again.mp4', 10)
    await begin(page, path)
    await page.reload()
    await until(page, 'needs-file')
    await page.getByText('10.2 MB of 10.5 MB').waitFor()
    const ranges = rangesOf(page)
    const renamed = join(dirname(path), 'renamed.mp4')
    await copyFile(path, renamed)
    await give(page, renamed, true)
    const task = await arrives(page, path)
    assert.match(task.fileName, /again\.mp4$/)
    assert.match(ranges[0] ?? '', /^bytes \*\//)
    assert.ok(Number(/^bytes (\d+)-/.exec(ranges[1] ?? '')?.[1]) > 7 * MIB, ranges.join())
    assert.equal((await tasks(page)).length, 1)
  })

  test('is not gone on with by another file of the same name', async () => {
    await using opened = await open()
    const { page } = opened
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
  })

  test('runs in one tab only: another one says so, and offers it when the first is closed', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('two-tabs.mp4', 10)
    await begin(page, path)
    const second = await opened.context.newPage()
    await second.goto(page.url())
    await until(second, 'elsewhere')
    await give(second, path, true)
    await second.locator('button:not([aria-disabled])', { hasText: 'Choose videos' }).waitFor()
    await untilDrawn(second)
    assert.equal(await second.locator('[data-upload]').count(), 1)
    await page.close()
    await until(second, 'needs-file')
    await give(second, path, true)
    await arrives(second, path)
  })

  test('is warned of while bytes are on their way, and only then', async () => {
    await using opened = await open()
    const { page } = opened
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await page.reload()
    stall(MIB)
    await give(page, await newVideo('leaving.mp4', 10))
    await until(page, 'sending')
    const question = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    await question
    assert.deepEqual(asked, ['beforeunload'])
    const deleted = page.waitForResponse(
      (response) => response.request().method() === 'DELETE' && response.url().includes('/api/tasks/'),
    )
    await page.getByRole('button', { name: /^Cancel:/ }).click()
    await page.locator('[data-upload]').waitFor({ state: 'detached' })
    await deleted
    await page.reload()
    assert.deepEqual(asked, ['beforeunload'])
    assert.deepEqual(await tasks(page), [])
  })
})

describe('what is uploaded', { skip: withoutChromium }, () => {
  test('may be many files at once, the videos of a folder with folders in it, pasted and dropped', async () => {
    await using opened = await open()
    const { page } = opened
    const [one, other] = [await newVideo('one.mp4', 1), await newVideo('other.mp4', 1)]
    await giveFiles(page, [one, other])
    for (const path of [one, other]) await arrives(page, path)
    const folder = join(dirname(one), 'card')
    const inFolder = join(folder, 'DCIM', 'deep.mp4')
    await mkdir(dirname(inFolder), { recursive: true })
    await copyFile(await newVideo('deep.mp4', 1), inFolder)
    await writeFile(join(folder, 'index.txt'), 'A list of videos.')
    await giveFiles(page, folder, 'Choose a folder')
    await page.getByRole('button', { name: 'Convert: deep.mp4' }).click()
    await arrives(page, inFolder)
    assert.equal(await page.getByText('index.txt').count(), 0)
    for (const [type, name] of [
      ['paste', 'pasted.mp4'],
      ['drop', 'dropped.mp4'],
    ] as const) {
      const path = await newVideo(name, 1)
      await handOver(page.locator('body'), type, path)
      await page.getByRole('button', { name: `Convert: ${basename(path)}` }).click()
      await arrives(page, path)
    }
  })

  test('is refused at once when it is no video, and nothing is made of it', async () => {
    await using opened = await open()
    const { page } = opened
    const path = join(dirname(await newVideo('x.mp4', 1)), 'diary.mp4')
    await writeFile(path, 'Dear diary, today I flew.')
    await give(page, path, true)
    await until(page, 'refused')
    await page.getByText('The name is that of a video, but what is in the file is not.').first().waitFor()
    assert.deepEqual(await tasks(page), [])
  })
})
