import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillText } from '../../../../../services/web/page/i18n/fill-text.ts'

const videos = { one: '{count} video', other: '{count} videos' }

test('a number decides the form of the word, and is written as the language does', () => {
  assert.equal(fillText(videos, { count: 1 }, 'en'), '1 video')
  assert.equal(fillText(videos, { count: 0 }, 'en'), '0 videos')
  assert.equal(fillText(videos, { count: 12_345 }, 'en'), '12,345 videos')
  assert.equal(fillText(videos, { count: 12_345 }, 'es'), '12.345 videos')
})

test('a form that a language has and a text has not is the general one', () => {
  // Spanish has "many" for a million.
  assert.equal(fillText(videos, { count: 1_000_000 }, 'es'), '1.000.000 videos')
  assert.equal(fillText({ ...videos, many: '{count} de videos' }, { count: 1_000_000 }, 'es'), '1.000.000 de videos')
})

test('a name that looks like a placeholder is not filled, and one without a value stays', () => {
  assert.equal(fillText('{name} is {state}', { name: '{state}', state: 'ready' }, 'en'), '{state} is ready')
  assert.equal(fillText('{name}', {}, 'en'), '{name}')
})
