import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeFile } from '../../../../../services/web/page/upload/judge-file.ts'

const head = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const judge = (name: string, text: string) => judgeFile(name, 1_000, head(text))

describe('a file is refused', () => {
  test('when its name is not that of a video or of sound', () => {
    for (const name of ['notes.txt', 'film', 'film.mp4.exe'])
      assert.equal(judge(name, '\0\0\0\x18ftypisom'), 'unknown-type')
  })

  test('when it is empty', () => {
    assert.equal(judgeFile('film.mp4', 0, new Uint8Array()), 'empty')
  })

  test('when it is something else under the name of a video', () => {
    for (const text of [
      '%PDF-1.7',
      'PK\x03\x04',
      '\x89PNG\r\n\x1a\n',
      '<!doctype html>',
      'MZ\x90\0',
      '\0\0\0\0\0\0\0\0',
    ]) {
      assert.equal(judge('film.mp4', text), 'not-a-video', text)
    }
    assert.equal(judge('moving.gif', '\x89PNG\r\n\x1a\n'), 'not-a-video')
    for (const text of ['%PDF-1.7', 'Dear diary, today I flew.'])
      assert.equal(judge('film.ts', text), 'not-a-video', text)
  })
})

test('a file is taken that can be a video, whichever it is', () => {
  for (const [name, text] of [
    ['film.mp4', '\0\0\0\x18ftypisom'],
    ['film.mov', '\0\0\0\x08wide'],
    ['FILM.MOV', '\0\x01\x02\x03mdat'],
    ['moving.gif', 'GIF89a'],
    ['moving.apng', '\x89PNG\r\n\x1a\n'],
    ['film.webm', '\x1a\x45\xdf\xa3'],
    ['renamed.mp4', '\x1a\x45\xdf\xa3'],
    ['film.avi', 'RIFF\0\0\0\0AVI LIST'],
    ['sound.wav', 'RIFF\0\0\0\0WAVEfmt '],
    ['sound.mp3', '\xff\xfb\x90\x64'],
    ['cut.ts', '\x47\x40\x11\x10'],
    ['cut-anywhere.ts', '\x01\x02\x03\x04'],
    ['film.mpg', '\0\0\x01\xba'],
  ] as const) {
    assert.equal(judge(name, text), undefined, name)
  }
})
