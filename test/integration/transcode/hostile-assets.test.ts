import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import type { AssetUrls } from '@reelway/batch/ffmpeg/input-args.ts'
import { probeAssets } from '@reelway/batch/probe/probe-assets.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, temporaryFolder } from './convert-video.ts'

const asset = '8a1f2c3d-4b5e-4f60-8123-456789abcdef'

/** What becomes of a file that an option names, and which addresses were asked for on the way. */
const probe = async (option: keyof AssetUrls, path: string, seconds?: number) => {
  await using served = await serveFile(path)
  const probed = await probeAssets({
    binaries: await binaries,
    options: taskOptions.parse({ [option]: { asset, ...(seconds !== undefined && { seconds }) } }),
    assetUrls: { [option]: served.url },
    signal: AbortSignal.timeout(60_000),
  })
  return { probed, paths: new Set(served.requestedPaths()) }
}

const assertRefused = async (option: keyof AssetUrls, path: string, reason: RegExp, seconds?: number) => {
  const { probed, paths } = await probe(option, path, seconds)
  if (probed.kind !== 'refused') return assert.fail(JSON.stringify(probed))
  assert.equal(probed.code, 'asset_unusable')
  assert.equal(probed.parameters.option, option)
  assert.match(String(probed.parameters.reason), reason)
  assert.deepEqual(paths, new Set(['/source']))
}

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

/** A black PNG of one bit a pixel: a small file, however large it is when it is decoded. */
const blackPng = (width: number, height: number, rows = height): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const pixels = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** Files of a name and of another content. */
const written: readonly (readonly [string, string | Buffer, RegExp])[] = [
  [
    'an SVG named .png',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:1/secret"/></svg>',
    /neither/,
  ],
  ['a playlist named .png', '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nsecret.ts\n#EXT-X-ENDLIST\n', /neither/],
  ['a list of files named .png', "ffconcat version 1.0\nfile 'secret.png'\n", /neither/],
  ['an empty file', '', /neither/],
  ['a PNG of 16000x16000 in 35 kB', blackPng(16_000, 16_000), /pixels/],
  ['a PNG that announces 100000x100000', blackPng(100_000, 100_000, 1), /./],
  ['a PNG that is cut within its header', blackPng(16, 16).subarray(0, 20), /./],
]

const clips: readonly (readonly [VideoName, RegExp, number?])[] = [
  ['sound-only', /no moving picture/],
  ['huge-picture', /too large/],
  ['cut-clip', /cut short/],
  ['damaged-clip', /^it cannot be decoded$/],
  ['dolby-alone', /Dolby Vision/],
  ['moving-webp', /animated/],
  ['five-minutes', /longer than 60 s/],
]

suite('pictures and clips of bad intention', { concurrency: 2 }, () => {
  for (const [what, bytes, reason] of written) {
    for (const option of ['intro', 'watermark'] as const) {
      test(`${what} is refused as ${option} with a reason, and nothing but it is read`, async () => {
        await using folder = await temporaryFolder()
        const path = join(folder.path, 'picture.png')
        await writeFile(path, bytes)
        await assertRefused(option, path, option === 'watermark' ? /./ : reason)
      })
    }
  }

  for (const [name, reason, seconds] of clips) {
    test(`${name} is refused as outro with a reason`, async () => {
      await assertRefused('outro', await makeVideo(name), reason, seconds)
    })
  }

  test('a clip is no watermark', async () => {
    await assertRefused('watermark', await makeVideo('clip-before'), /no picture/)
  })

  test('a long clip of which a few seconds are to be shown is read no farther', async () => {
    const { probed } = await probe('intro', await makeVideo('five-minutes'), 2)
    assert.equal(probed.kind, 'probed')
  })
})
