import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { before, describe, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import type { Page } from 'playwright-core'
import { newAsset } from '../support/rows.ts'
import { checksumOf } from '../support/send-upload.ts'
import { assertAccessible } from './assert-accessible.ts'
import { handOver } from './hand-over.ts'
import { withoutChromium } from './start-browser.ts'
import { startUploadPlace, type UploadPlace } from './upload-place.ts'

const place: UploadPlace | undefined = withoutChromium === false ? await startUploadPlace() : undefined
const { web, open, newVideo, give, until, tasks } = place ?? ({} as UploadPlace)

let folder = ''
const write = async (name: string, bytes: Buffer): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

/** Whether a byte of a file has been sent, as far as the page's requests tell. */
const bytesSentBy = (page: Page): string[] => {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(request.url())
  })
  return sent
}

describe('before a byte is sent', { skip: withoutChromium }, () => {
  before(async () => {
    folder = dirname(await newVideo('x.mp4', 1))
  })

  test('a recording waits until something is chosen that sound can become', async () => {
    await using opened = await open()
    const { page } = opened
    const sent = bytesSentBy(page)
    await give(page, await write('speech.wav', silentWave(8_000)), true)
    await page.getByText('Waits for another choice', { exact: true }).waitFor()
    await page.getByText('It has sound, and no moving picture.').first().waitFor()
    assert.equal(await page.getByRole('button', { name: 'Convert: speech.wav' }).isDisabled(), true)
    assert.deepEqual([sent, await tasks(page)], [[], []])
    await page.locator('.upload-choice').getByLabel('Convert to').selectOption('mp3')
    await page.getByRole('button', { name: 'Convert: speech.wav' }).click()
    await until(page, 'done')
    assert.deepEqual(
      (await tasks(page)).map(({ preset }) => preset),
      ['mp3'],
    )
  })

  test('a video that breaks off before its index, and a picture, are refused in words', async () => {
    await using opened = await open()
    const { page } = opened
    const sent = bytesSentBy(page)
    const brokenOff = Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\x7f\0\0\0mdat'.padEnd(5_000, 'x'), 'latin1')
    await give(page, await write('half.mp4', brokenOff), true)
    await page.getByText('The file breaks off before its index').first().waitFor()
    await give(page, await write('logo.png', orangePng()), true)
    await page.getByText('You can put it before, after or on a video').first().waitFor()
    assert.deepEqual([sent, await tasks(page)], [[], []])
  })
})

describe('a picture of one’s own', { skip: withoutChromium }, () => {
  test('is added in the options, put on the video, found again and deleted', async () => {
    await using opened = await open()
    const { page } = opened
    const png = orangePng()
    await give(page, await newVideo('flight.mp4', 1), true)
    await page.getByText('Options', { exact: true }).click()
    const dialog = page.getByRole('dialog')
    const choosing = page.getByRole('button', { name: 'Choose…: On the video' })
    await page.route('**/assets/asset-dialog*.js', (route) => route.abort())
    await choosing.click()
    await page.getByText('A part of this page could not be loaded').waitFor()
    await page.unrouteAll()
    await choosing.click()
    // As a file chooser does that is closed without a choice.
    await dialog.getByLabel('Add a picture').dispatchEvent('cancel')
    await dialog.getByLabel('Add a picture').setInputFiles(await newVideo('clip.mp4', 1))
    await dialog.getByText('Only a picture can lie on a video').waitFor()
    await handOver(page.locator('body'), 'drop', await newVideo('beside.mp4', 1))
    await handOver(page.locator('body'), 'paste', await write('beside.png', png))
    await page.route('**/assets/sum-worker*', (route) => route.abort(), { times: 1 })
    await handOver(dialog.getByRole('heading'), 'drop', await write('mark.png', png))
    assert.equal(await page.locator('[data-upload]').count(), 1)
    await page.getByLabel('Opacity (%)').fill('50')
    await page.getByLabel('Where').selectOption('Top left')
    const [asset] = await assets(page)
    assert.ok(asset)
    const [{ crc32c }] = await web.deps.uploads.file(assetObjectName(asset.id)).getMetadata()
    assert.equal(crc32c, checksumOf(png))

    await page.getByRole('button', { name: 'Choose…: Before the video' }).click()
    await dialog.getByRole('button', { name: /^mark\.png/ }).waitFor()
    await assertAccessible(page, 'own-pictures')
    await dialog.getByRole('button', { name: /^mark\.png/ }).click()
    await page.getByRole('button', { name: /^Convert:/ }).click()
    await until(page, 'done')
    const [task] = await tasks(page)
    assert.deepEqual(task?.options.intro, { asset: asset.id })
    const { opacity, position } = task?.options.watermark ?? {}
    assert.deepEqual([opacity, position], [0.5, 'top-left'])

    await page.getByRole('button', { name: /^Convert to something else/ }).click()
    await page.getByRole('dialog').locator('summary').click()
    await page.getByRole('button', { name: 'Change: On the video' }).click()
    await page.getByRole('button', { name: 'Delete: mark.png' }).click()
    await hasFocus(page, 'Keep: mark.png')
    await page.keyboard.press('Enter')
    await hasFocus(page, 'Delete: mark.png')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete: mark.png' }).click()
    await page.getByText('What you add here can be used').waitFor()
    await hasFocus(page, 'Add a picture')
    assert.deepEqual(await assets(page), [])
    await page.keyboard.press('Escape')
    await page.getByText('It was deleted. Choose another one.').first().waitFor()
  })
})

describe('a clip of one’s own', { skip: withoutChromium }, () => {
  test('goes on where it was after its tab was closed, when the same file is added again; older ones are a page further', async () => {
    await using opened = await open()
    const clip = await newVideo('clip.mp4', 10)
    const dialogOf = async (page: Page) => {
      await give(page, await newVideo('flight.mp4', 1), true)
      // What comes late moves the rest.
      await page.locator('.trim').waitFor()
      await page.getByText('Options', { exact: true }).click()
      await page.getByRole('button', { name: 'Choose…: Before the video' }).click()
      return page.getByRole('dialog')
    }
    const [first, afterThat] = [
      { kind: 'delay', ms: 0 },
      { kind: 'stall', ms: 600_000 },
    ] as const
    const dialog = await dialogOf(opened.page)
    const match = { api: 'resumable', method: 'PUT', object: /asset/ } as const
    web.storage.faults.add({ match, action: first })
    web.storage.faults.add({ match, action: afterThat })
    const stored = opened.page.waitForResponse((response) => response.status() === 308)
    await dialog.locator('input[type=file]').setInputFiles(clip)
    await stored
    const [begun] = await assets(opened.page)
    await opened.page.close()
    web.storage.faults.clear()

    const page = await opened.context.newPage()
    await page.goto(place?.address ?? '')
    const again = await dialogOf(page)
    await again.getByText('Interrupted. Add the same file again').waitFor()
    const asking = page.waitForRequest((request) => request.headers()['content-range'] !== undefined)
    await again.locator('input[type=file]').setInputFiles(clip)
    assert.match((await asking).headers()['content-range'] ?? '', /^bytes \*\//)
    const changing = page.getByRole('button', { name: 'Change: Before the video' })
    await changing.waitFor()
    assert.deepEqual(
      (await assets(page)).map(({ id }) => id),
      [begun?.id],
    )
    const [{ crc32c }] = await web.deps.uploads.file(assetObjectName(begun?.id ?? '')).getMetadata()
    assert.equal(crc32c, checksumOf(await readFile(clip)))

    const { userId } = await web.db
      .selectFrom('assets')
      .select('userId')
      .where('id', '=', begun?.id ?? '')
      .executeTakeFirstOrThrow()
    const ready = { status: 'ready', generation: '1', crc32c: 'AAAAAA==' } as const
    for (let count = 0; count < 100; count++) await newAsset(web.db, userId, { ...ready, fileName: `${count}.png` })
    await changing.click()
    await page.getByRole('button', { name: /^0\.png/ }).waitFor()
    assert.equal(await page.getByRole('button', { name: /clip\.mp4/ }).count(), 0)
    await page.getByRole('button', { name: 'Show more' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /clip\.mp4 10/ })
      .waitFor()
  })
})

/** Waits until the focus is on what has this label. */
const hasFocus = (page: Page, label: string) =>
  page.waitForFunction((name) => {
    const { activeElement: focused } = document
    const labels = focused instanceof HTMLInputElement ? focused.labels : null
    return (focused?.ariaLabel ?? labels?.[0]?.textContent) === name
  }, label)

const assets = async (page: Page): Promise<{ id: string }[]> => {
  const answer = await page.request.get(new URL('/api/assets', page.url()).href)
  const { data }: { data: { id: string }[] } = await answer.json()
  return data
}

/** A second of silence in 8 bits, mono, at a rate of `samples` (RIFF WAVE). */
const silentWave = (samples: number): Buffer => {
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(samples, 24)
  head.writeUInt32LE(samples, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples, 40)
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)])
}

/** Four by four orange pixels (PNG, second edition). */
const orangePng = (): Buffer => {
  const chunk = (type: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), content])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(content.length)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const row = Buffer.from([0, ...Array.from({ length: 4 }, () => [255, 165, 0]).flat()])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([0, 0, 0, 4, 0, 0, 0, 4, 8, 2, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.concat([row, row, row, row]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
