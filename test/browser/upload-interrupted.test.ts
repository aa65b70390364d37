import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { names } from '@reelway/local/cloud-resources.ts'
import type { FaultAction } from '@reelway/local/storage/faults.ts'
import { PASSWORD } from '../support/browser.ts'
import { withoutChromium } from './start-browser.ts'
import { startUploadPlace, type UploadPlace } from './upload-place.ts'

const MIB = 1024 * 1024
const place: UploadPlace | undefined = withoutChromium === false ? await startUploadPlace() : undefined
const { web, open, newVideo, give, until, arrives, untilDrawn } = place ?? ({} as UploadPlace)

/** Hits the next requests that bring bytes, or ask what is there. */
const fault = (action: FaultAction, times = 1) =>
  web.storage.faults.add({ match: { api: 'resumable', method: 'PUT' }, times, action })

/** Longer than any test: who waits for it has failed. */
const STALL: FaultAction = { kind: 'stall', ms: 600_000, afterBytes: 3 * MIB }

describe('an upload in the browser', { skip: withoutChromium }, () => {
  test('arrives whole, with nothing that the content security policy forbids', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('whole.mp4', 10)
    await give(page, path)
    const task = await arrives(page, path)
    assert.match(task.fileName, /whole\.mp4$/)
  })

  test('is whole after it was paused in the middle of a piece, by a double click, and resumed', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('paused.mp4', 10)
    fault(STALL)
    await give(page, path)
    await until(page, 'sending')
    await page.getByRole('button', { name: /^Pause:/ }).dblclick()
    await until(page, 'paused')
    await page.getByRole('button', { name: /^Resume:/ }).dblclick()
    await arrives(page, path)
  })

  test('is whole after pause and resume in quick turns', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('toggled.mp4', 10)
    fault(STALL)
    await give(page, path)
    await until(page, 'sending')
    await page.evaluate(() => {
      const press = () =>
        [...document.querySelectorAll('button')]
          .find(({ ariaLabel }) => /^(Pause|Resume):/.test(ariaLabel ?? ''))
          ?.click()
      for (let turn = 0; turn < 20; turn++) {
        press()
        setTimeout(press, turn * 7)
      }
      return new Promise((resolve) => setTimeout(resolve, 20 * 7))
    })
    await untilDrawn(page)
    await page.locator('[data-upload="paused"], [data-upload="done"]').waitFor()
    const resume = page.getByRole('button', { name: /^Resume:/ })
    if (await resume.isVisible()) await resume.click()
    await arrives(page, path)
  })

  test('waits out a network that is lost, says so, and goes on by itself', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('offline.mp4', 10)
    fault(STALL)
    await give(page, path)
    await until(page, 'sending')
    await opened.context.setOffline(true)
    await until(page, 'trying-again')
    await page.getByText('You are offline. It goes on when the network is back.').first().waitFor()
    await opened.context.setOffline(false)
    await arrives(page, path)
  })

  test('is whole after answers of a storage that has too much to do, and connections that break', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('busy.mp4', 10)
    for (const status of [503, 429, 408, 500]) fault({ kind: 'status', status })
    fault({ kind: 'cut', afterBytes: 5 * MIB + 17 })
    await give(page, path)
    await arrives(page, path)
  })

  test('is done when only the last answer was lost', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('last-answer.mp4', 1)
    await give(page, path, true)
    await until(page, 'choosing')
    fault({ kind: 'lose-answer' })
    await page.getByRole('button', { name: /^Convert:/ }).click()
    await arrives(page, path)
  })

  test('is done though the API has trouble, and its last answer is lost', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('trouble.mp4', 1)
    const troubles = ['fails', 'is lost']
    await page.route('**/api/tasks/*', (route) => route.fulfill({ status: 502, body: 'a proxy speaks' }), { times: 1 })
    await page.route(
      '**/api/tasks/*/uploaded',
      async (route) => {
        if (troubles.shift() === 'is lost') await route.fetch()
        await route.abort()
      },
      { times: 2 },
    )
    await give(page, path)
    await arrives(page, path)
    assert.deepEqual(troubles, [])
  })

  test('is done though what sums files cannot be loaded at first, for long or for a moment', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('unsummed.mp4', 1)
    await page.route('**/assets/sum-worker*', (route) => route.abort())
    await give(page, path)
    await until(page, 'failed')
    await page.getByText('A part of this page could not be loaded').first().waitFor()
    await page.unrouteAll()
    await page.route('**/assets/sum-worker*', (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: /^Try again:/ }).click()
    await arrives(page, path)
  })

  test('goes on after its session has ended in the middle, once its owner has logged in again', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('expired.mp4', 10)
    await give(page, path, true)
    await until(page, 'choosing')
    await web.db.updateTable('sessions').set({ revokedAt: new Date() }).execute()
    const dialog = page.getByRole('dialog', { name: 'Please log in again' })
    await dialog.waitFor()
    // Nobody gets past it: at the second time Chromium does not ask.
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Escape')
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Convert:/ }).click()
    await arrives(page, path)
  })

  test('begins anew by itself when its session is gone', async () => {
    await using opened = await open()
    const { page } = opened
    const path = await newVideo('gone.mp4', 10)
    fault({ kind: 'status', status: 410 })
    await give(page, path)
    await arrives(page, path)
  })

  test('says what is wrong, and does not send for ever, when the storage hides what it has', async () => {
    await using opened = await open()
    const { page } = opened
    const bucket = web.deps.uploads.storage.bucket(names.uploadsBucket)
    const [{ cors }] = await bucket.getMetadata()
    const hiding = (cors ?? []).map((rule) => ({
      ...rule,
      responseHeader: (rule.responseHeader ?? []).filter((header) => header !== 'Range'),
    }))
    await bucket.setCorsConfiguration(hiding)
    try {
      await give(page, await newVideo('hidden.mp4', 10))
      await until(page, 'failed')
      await page.getByText('The storage does not say what has arrived').waitFor()
      // What Chromium says of it.
      assert.deepEqual([...new Set(opened.faults.splice(0))], ['Refused to get unsafe header "range"'])
    } finally {
      await bucket.setCorsConfiguration(cors ?? [])
    }
  })
})
