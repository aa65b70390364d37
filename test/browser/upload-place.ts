import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after } from 'node:test'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { Page } from 'playwright-core'
import { callerOf } from '../support/call.ts'
import { checksumOf } from '../support/send-upload.ts'
import { startTestWeb, type TestWeb } from '../support/web.ts'
import { makeVideo } from '../videos/make-video.ts'
import { giveFiles, PICK_BY_INPUT } from './give-files.ts'
import { type OpenPage, PATIENCE_MILLIS, startBrowser, type TestBrowser } from './start-browser.ts'

const MIB = 1024 * 1024

export type UploadPlace = {
  web: TestWeb
  browser: TestBrowser
  /** of web, by the name for which browsers take the cookie without TLS */
  address: string
  /** a new user's page, logged in */
  open(): Promise<OpenPage>
  /** a real video of about so many mebibytes; each has a content of its own */
  newVideo(name: string, mebibytes: number): Promise<string>
  /** gives a file by the page's button, as a person does, and lets it be converted without any choice */
  give(page: Page, path: string, choose?: boolean): Promise<void>
  /** waits for an upload to come to a status */
  until(page: Page, status: string, name?: string): Promise<void>
  /** waits until the upload is done, and asserts that what is stored is the file, to the last byte */
  arrives(page: Page, path: string): Promise<TaskResource>
  tasks(page: Page): Promise<TaskResource[]>
  /** waits until the page shows what it knows by now: of a change it may be told a tenth of a second later */
  untilDrawn(page: Page): Promise<void>
}

/** Web, the storage and Chromium for a file of tests, all of it stopped after the last one. To be called only where Chromium is. */
export const startUploadPlace = async (): Promise<UploadPlace> => {
  const web = await startTestWeb()
  const folder = await mkdtemp(join(tmpdir(), 'reelway-browser-'))
  const browser = await startBrowser()
  after(() => rm(folder, { recursive: true, force: true }))
  const address = web.url.replace('127.0.0.1', 'localhost')
  const place: UploadPlace = {
    ...{ web, browser, address },
    open: async () => {
      const opened = await browser.open({ initially: PICK_BY_INPUT })
      const { page } = opened
      await page.goto(`${address}/?lang=en`)
      await logIn(page, web.url)
      await page.reload()
      await page.getByRole('button', { name: 'Choose videos' }).waitFor()
      return opened
    },
    newVideo: async (name, mebibytes) => {
      const path = join(folder, `${randomUUID()}-${name}`)
      await writeFile(path, padded(await readFile(await makeVideo('two-tenths')), mebibytes * MIB))
      return path
    },
    give: async (page, path, choose = false) => {
      await giveFiles(page, path)
      if (!choose) await page.getByRole('button', { name: /^Convert:/ }).click()
    },
    until: (page, status, name = '') =>
      page.locator(`[data-upload="${status}"]`, { hasText: name }).first().waitFor({ timeout: PATIENCE_MILLIS }),
    arrives: async (page, path) => {
      const name = basename(path)
      await page.waitForFunction(hasArrived, name)
      const all = await place.tasks(page)
      const task = all.find(({ fileName, status }) => fileName === name && status === 'queued')
      assert.ok(task, `no task of ${name} is queued`)
      const [{ crc32c, size }] = await web.deps.uploads.file(sourceObjectName(task.id)).getMetadata()
      const file = await readFile(path)
      assert.deepEqual([crc32c, Number(size)], [checksumOf(file), file.length])
      return task
    },
    tasks: async (page) => {
      const answer = await page.request.get(`${address}/api/tasks`)
      const { data }: { data: TaskResource[] } = await answer.json()
      return data
    },
    untilDrawn: (page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250))),
  }
  return place
}

/** Whether the card of an upload says that it is done, or has gone after that, and the task is in the list. Runs in the page. */
const hasArrived = (name: string): boolean => {
  const cards = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter(({ textContent }) => textContent.includes(name))
  const statuses = cards('[data-upload]').map(({ dataset }) => dataset.upload)
  if (statuses.includes('done')) return true
  // One that waits for its file may have the same name.
  return statuses.every((status) => status === 'needs-file') && cards('.task-queued').length > 0
}

const logIn = async (page: Page, url: string): Promise<void> => {
  const name = `u-${randomBytes(6).toString('hex')}`
  const account = { username: name, email: `${name}@example.com`, password: 'correct horse' }
  const created = await callerOf(url)('POST', '/api/auth/signup', { json: account })
  assert.equal(created.status, 201, created.text)
  const status = await page.evaluate(async ({ email, password }) => {
    const body = JSON.stringify({ email, password })
    return (await fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
      .status
  }, account)
  assert.equal(status, 201)
}

/** A video with a box of random bytes behind it that players skip (ISO/IEC 14496-12, "free"). */
const padded = (video: Buffer, bytes: number): Buffer => {
  const box = Buffer.concat([Buffer.alloc(4), Buffer.from('free'), randomBytes(Math.max(0, bytes - video.length - 8))])
  box.writeUInt32BE(box.length)
  return Buffer.concat([video, box])
}
