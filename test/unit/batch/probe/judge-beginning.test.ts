import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeBeginning } from '@reelway/batch/probe/judge-beginning.ts'

const latin = (...parts: string[]) => Buffer.from(parts.join(''), 'latin1')

/** What somebody uploads, how it begins, and the code. */
const table: readonly (readonly [string, Buffer, string | undefined])[] = [
  ['a page', latin('<!DOCTYPE html>\n<html><head><title>Log in'), 'web_page_instead'],
  ['a page behind a byte order mark', Buffer.from('\ufeff\n <html lang="es">'), 'web_page_instead'],
  ['what a storage answers', latin('<?xml version="1.0"?><Error><Code>AccessDenied</Code>'), 'web_page_instead'],
  ['an HLS playlist', latin('#EXTM3U\n#EXT-X-VERSION:3\n'), 'playlist_instead'],
  ['a DASH manifest', latin('<?xml version="1.0"?>\n<!-- made -->\n<MPD xmlns="urn:mpeg"'), 'playlist_instead'],
  ['a Windows playlist', latin('<asx version="3.0">'), 'playlist_instead'],
  ['a list for ffmpeg', latin("ffconcat version 1.0\nfile 'a.mp4'"), 'playlist_instead'],
  ['a zip', latin('PK\x03\x04\x14\0\0\0\x08\0holiday.mp4'), 'archive_instead'],
  ['a tar', Buffer.concat([Buffer.alloc(257), latin('ustar')]), 'archive_instead'],
  ['a gzip', latin('\x1f\x8b\x08\0'), 'archive_instead'],
  ['a document of Word', latin('PK\x03\x04\x14\0\x06\0[Content_Types].xml'), 'document_instead'],
  ['a PDF', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3'), 'document_instead'],
  ['subtitles', Buffer.from('1\n00:00:00,000 --> 00:00:01,000\n¿Qué tal?'), 'document_instead'],
  ['a photo', latin('\xff\xd8\xff\xe1\0\x10Exif'), 'picture_instead'],
  ['an animated WebP', latin('RIFF\x10\0\0\0WEBPVP8X'), 'picture_instead'],
  ['a photo of an iPhone', latin('\0\0\0\x24ftypheic\0\0\0\0mif1heic'), 'picture_instead'],
  ['an mp4', latin('\0\0\0\x20ftypisom\0\0\x02\0'), undefined],
  ['an avi', latin('RIFF\x10\0\0\0AVI LIST'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
]

for (const [what, beginning, code] of table) {
  test(`${what} is ${code ?? 'none of what is uploaded by mistake'}`, () => {
    assert.equal(judgeBeginning(beginning), code)
  })
}
