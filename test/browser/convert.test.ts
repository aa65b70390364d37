import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { Page } from 'playwright-core'
import { PASSWORD } from '../support/browser.ts'
import { giveFiles } from './give-files.ts'
import { type StackPlace, startStackPlace } from './stack-place.ts'
import { PATIENCE_MILLIS, withoutChromium } from './start-browser.ts'
import { tabTo } from './tab-to.ts'

const place: StackPlace | undefined = withoutChromium === false ? await startStackPlace() : undefined
const { stack, address, open, openAs, clip } = place ?? ({} as StackPlace)

describe('a video in the browser', { skip: withoutChromium }, () => {
  test('is uploaded, converted, watched and downloaded by somebody who is new', async () => {
    await using opened = await open()
    const { page } = opened
    await page.goto(address)
    await page.getByRole('button', { name: 'Sign up' }).click()
    const name = `ana-${randomBytes(6).toString('hex')}`
    await page.getByLabel('User name').fill(name)
    await page.getByLabel('E-mail').fill(`${name}@example.com`)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByText('Nothing here yet').waitFor()

    await giveFiles(page, await clip('seven-seconds', 'flight.mp4'))
    await page.locator('.upload-choice').getByLabel('Convert to').selectOption('mp4-720p')
    await page.getByRole('button', { name: 'Convert: flight.mp4' }).click()
    await page.getByRole('status').filter({ hasText: 'flight.mp4 is ready.' }).waitFor({ state: 'attached' })
    await page.getByText('Ready', { exact: true }).waitFor()
    await assertShown(page, '.task-picture img')

    await page.getByRole('button', { name: 'Watch: flight.mp4' }).click()
    await assertPlays(page, 320, 7)
    await page.getByRole('slider', { name: 'Seek' }).hover()
    await assertShown(page, '.player-preview img')
    await assertKeys(page)
    await page.getByRole('button', { name: 'Close' }).click()

    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download: flight.mp4' }).click()
    const download = await downloading
    assert.equal(download.suggestedFilename(), 'flight.mp4')
    const [task] = await tasks(page)
    const stored = await fetch(task?.outputs[0]?.url ?? '')
    assert.ok((await readFile(await download.path())).equals(Buffer.from(await stored.arrayBuffer())))
  })

  test('becomes a stream, too, without another upload, and is played', async () => {
    await using opened = await openAs()
    const { page } = opened
    await convert(page, await clip('seven-seconds', 'race.mp4'))
    await page.getByRole('button', { name: 'Convert to something else: race.mp4' }).click()
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'PUT') sent.push(request.url())
    })
    await page.getByRole('dialog').getByLabel('Convert to').selectOption('hls')
    await page.getByRole('dialog').getByRole('button', { name: 'Convert' }).click()
    await page.getByText('Ready', { exact: true }).nth(1).waitFor()
    assert.deepEqual(sent, [])
    await page.getByRole('button', { name: 'Watch: race.mp4' }).first().click()
    await assertPlays(page, 320, 7)

    assert.match(await page.locator('video').evaluate(({ src }: HTMLVideoElement) => src), /^blob:/)
  })

  test('that is not whole fails with what to do about it, and is not offered to be tried again', async () => {
    await using opened = await openAs()
    const { page } = opened
    await convert(page, await clip('cut-mp4', 'cut.mp4'), 'Could not be converted')
    const [task] = await tasks(page)
    assert.ok(task?.error)
    const { title } = errorCatalogue[task.error.code]
    await page.locator('.task-why', { hasText: title }).waitFor()
    assert.match((await page.locator('.task-why p').textContent()) ?? '', /\w{3,}.*\.$/)
    assert.equal(await page.getByRole('button', { name: /^Try again/ }).count(), 0)
  })

  test('can be cancelled while it is converted, and converted after all', async () => {
    await using opened = await openAs()
    const { page } = opened
    stack.storage.faults.add({
      match: { api: 'media', object: /upload/ },
      times: 100,
      action: { kind: 'stall', ms: 600_000 },
    })
    try {
      await convert(page, await clip('two-tenths', 'regretted.mp4'), 'Converting')
      await page.getByRole('button', { name: 'Cancel: regretted.mp4' }).click()
      await page.getByText('Cancelled', { exact: true }).waitFor()
    } finally {
      stack.storage.faults.clear()
    }
    await page.getByRole('button', { name: 'Try again: regretted.mp4' }).click()
    await page.getByText('Ready', { exact: true }).waitFor()
  })

  test('goes its whole way by the keyboard alone, and the focus is seen and kept', async () => {
    await using opened = await open()
    const { page } = opened
    const { keyboard } = page
    await page.goto(address)
    await page.getByRole('button', { name: 'Sign up' }).waitFor()
    await tabTo(page, 'Sign up')
    await keyboard.press('Enter')
    const name = `bea-${randomBytes(6).toString('hex')}`
    for (const [field, text] of [
      ['User name', name],
      ['E-mail', `${name}@example.com`],
      ['Password', PASSWORD],
    ] as const) {
      await tabTo(page, field)
      await keyboard.type(text)
    }
    await keyboard.press('Enter')
    await page.getByText('Nothing here yet').waitFor()

    const choosing = page.waitForEvent('filechooser')
    await tabTo(page, 'Choose videos')
    await keyboard.press('Enter')
    await (await choosing).setFiles(await clip('two-tenths', 'keys.mp4'))
    await page.getByRole('button', { name: 'Convert: keys.mp4' }).waitFor()
    await tabTo(page, 'Convert: keys.mp4')
    await keyboard.press('Enter')
    await untilFocused(page, 'keys.mp4')
    await page.getByText('Ready', { exact: true }).waitFor()

    await tabTo(page, 'Watch: keys.mp4')
    await keyboard.press('Enter')
    await page.locator('video').waitFor()
    await tabTo(page, 'Mute')
    await keyboard.press('m')
    await page.getByRole('button', { name: 'Unmute' }).waitFor()
    await keyboard.press('Escape')
    await page.locator('video').waitFor({ state: 'detached' })
    const downloading = page.waitForEvent('download')
    await tabTo(page, 'Download: keys.mp4')
    await keyboard.press('Enter')
    await downloading
    await tabTo(page, 'Delete: keys.mp4')
    await keyboard.press('Enter')
    await page.getByText('Nothing here yet').waitFor()
    await untilFocused(page, 'Your videos')
  })

  test('is seen to be ready though web and the database were away meanwhile', async () => {
    await using opened = await openAs()
    const { page } = opened
    await convert(page, await clip('two-tenths', 'before.mp4'))
    process.kill(stack.web.pid, 'SIGKILL')
    await stack.web.process.ended
    await page.getByText('Live updates are interrupted').waitFor()
    await stack.postgres.stop()
    await stack.restartPostgres()
    await stack.restartWeb()
    // Everybody's own pauses come together.
    page.setDefaultTimeout(2 * PATIENCE_MILLIS)
    await page.getByText('Live updates are interrupted').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Convert to something else: before.mp4' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Convert' }).click()
    await page.getByText('Ready', { exact: true }).nth(1).waitFor()
  })
})

/** Waits until the focus is on what has this text alone. */
const untilFocused = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, text)

/** Gives a file, lets it be converted as it is, and waits for what is said of it then. */
const convert = async (page: Page, path: string, until = 'Ready'): Promise<void> => {
  await giveFiles(page, path)
  await page.locator('.upload-choice').getByLabel('Convert to').selectOption('mp4-720p')
  await page.getByRole('button', { name: /^Convert:/ }).click()
  await page.getByText(until, { exact: true }).waitFor()
}

const tasks = async (page: Page): Promise<TaskResource[]> => {
  const { data }: { data: TaskResource[] } = await (await page.request.get(`${address}/api/tasks`)).json()
  return data
}

/** Waits until a picture is there, with all that is drawn of it. */
const assertShown = async (page: Page, selector: string): Promise<void> => {
  const picture = await page.locator(selector).elementHandle()
  assert.ok(picture !== null)
  await page.waitForFunction(
    (image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0,
    picture,
  )
}

/** Waits until the only video on the page plays, and asserts that it is the one that is meant, by its width in pixels and its seconds. */
const assertPlays = async (page: Page, width: number, seconds: number): Promise<void> => {
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2)
  const played = await page.locator('video').evaluate((video: HTMLVideoElement) => [video.videoWidth, video.duration])
  assert.equal(played[0], width)
  assert.ok(Math.abs((played[1] ?? 0) - seconds) < 0.2, `${played[1]} s`)
}

/** Presses the keys of a player that plays 7 s, wherever in it the focus is. */
const assertKeys = async (page: Page): Promise<void> => {
  const video = await page.waitForSelector('video')
  const pressed = async (key: string, isSo: (video: HTMLVideoElement) => boolean) => {
    await page.keyboard.press(key)
    await page.waitForFunction(isSo, video).catch((cause) => {
      throw new Error(`${key} does nothing`, { cause })
    })
  }
  await page.getByRole('slider', { name: 'Seek' }).focus()
  // It may have come to its end while all that was looked at.
  await video.evaluate(async (playing: HTMLVideoElement) => {
    playing.currentTime = 0
    await playing.play()
  })
  await pressed('k', ({ paused }) => paused)
  await pressed('Home', ({ currentTime }) => currentTime === 0)
  await pressed('ArrowRight', ({ currentTime }) => currentTime === 5)
  await pressed('ArrowLeft', ({ currentTime }) => currentTime === 0)
  await pressed('l', ({ currentTime, duration }) => currentTime === duration)
  await pressed('j', ({ currentTime }) => currentTime === 0)
  await pressed('End', ({ currentTime, duration }) => currentTime === duration)
  await pressed('Home', ({ currentTime }) => currentTime === 0)
  await pressed('m', ({ muted }) => muted)
  await pressed('m', ({ muted }) => !muted)
  await pressed('ArrowDown', ({ volume }) => volume === 0.9)
  await pressed('f', () => document.fullscreenElement !== null)
  await pressed('f', () => document.fullscreenElement === null)
  await pressed(' ', ({ paused }) => !paused)
  await pressed(' ', ({ paused }) => paused)
}
