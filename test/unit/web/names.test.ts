import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { placeOf } from '@reelway/web/accounts/limits.ts'
import { decodeCursor, encodeCursor } from '@reelway/web/lists/cursor.ts'
import { downloadName } from '@reelway/web/results/download-name.ts'
import { checkFileType } from '@reelway/web/uploads/file-type.ts'

describe('the place of a client', () => {
  for (const [address, place] of [
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    [undefined, 'unknown'],
  ] as const) {
    test(`of ${address} is ${place}`, () => {
      assert.equal(placeOf(address), place)
    })
  }
})

describe('the name of a download', () => {
  for (const [fileName, extension, name] of [
    ['clip.mov', 'mp4', 'clip.mp4'],
    ['clip.MOV', 'webm', 'clip.webm'],
    ['my.holiday.2026.mkv', 'mp4', 'my.holiday.2026.mp4'],
    ['.mov', 'mp4', '.mp4'],
    ['été 🎬.mp4', 'mp4', 'été 🎬.mp4'],
  ] as const) {
    test(`of ${fileName} as ${extension} is ${name}`, () => {
      assert.equal(downloadName(fileName, extension), name)
    })
  }
})

describe('a cursor', () => {
  const position = { createdAt: new Date('2026-01-02T03:04:05.678Z'), id: '0b5c3a52-7a3e-4f0e-9d38-0d6f8f1c2b3a' }

  test('leads back to its place, to the millisecond, and needs no escape in a URL', () => {
    const text = encodeCursor(position)
    assert.deepEqual(decodeCursor(text), position)
    assert.equal(encodeURIComponent(text), text)
  })

  test('that was not made by us leads nowhere', () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const text of [
      '',
      'x',
      encode(null),
      encode([]),
      encode([position.createdAt.toISOString()]),
      encode([position.createdAt.toISOString(), position.id, 1]),
      encode([position.createdAt.getTime(), position.id]),
      encode(['2026-02-30T00:00:00Z', position.id]),
      encode([position.createdAt.toISOString(), "x' or 1=1"]),
    ]) {
      assert.equal(decodeCursor(text), undefined, text)
    }
  })
})

describe('a file', () => {
  const codeOf = (fileName: string, contentType: string): string | undefined => {
    try {
      checkFileType(fileName, contentType)
      return undefined
    } catch (error) {
      return error instanceof ReelwayError ? error.code : 'unexpected'
    }
  }

  for (const [fileName, contentType] of [
    ['a.mp4', 'video/mp4'],
    ['A.MOV', 'VIDEO/QuickTime'],
    ['a.b.mkv', 'application/x-matroska'],
    ['a.mxf', 'application/mxf'],
    ['a.ts', 'video/mp2t; charset=binary'],
    ['a.webm', 'application/octet-stream'],
    ['a.mp4', 'audio/mp4'],
    ['a.MP3', 'audio/mpeg'],
    ['a.ogg', 'application/ogg'],
    ['a.gif', 'image/gif'],
    ['a.apng', 'application/octet-stream'],
  ] as const) {
    test(`${fileName} of the type ${contentType} is accepted`, () => {
      assert.equal(codeOf(fileName, contentType), undefined)
    })
  }

  for (const [fileName, contentType] of [
    ['mp4', 'video/mp4'],
    ['a.', 'video/mp4'],
    ['a.mp4.exe', 'video/mp4'],
    ['a.m3u8', 'video/mp4'],
    ['a.mp4 ', 'video/mp4'],
    ['a.mp4', 'image/gif'],
    ['a.gif', 'image/svg+xml'],
    ['a.webp', 'image/webp'],
    ['a.mp4', 'text/html'],
    ['a.mp4', 'application/x-video/mp4'],
  ] as const) {
    test(`"${fileName}" of the type ${contentType} is not accepted`, () => {
      assert.equal(codeOf(fileName, contentType), 'unsupported_file_type')
    })
  }
})
