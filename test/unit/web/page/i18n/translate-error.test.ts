import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { spoken } from '../../../../../services/web/page/i18n/language.ts'
import { spanish } from '../../../../../services/web/page/i18n/spanish.ts'
import { translateError } from '../../../../../services/web/page/i18n/translate-error.ts'

const english = spoken.value
afterEach(() => {
  spoken.value = english
})

test('an error of a task is told in Spanish with the values of this task', () => {
  spoken.value = { language: 'es', ...spanish }
  const { message } = reelwayError('source_truncated', { announcedSeconds: 60.5, foundSeconds: 12 })
  const { title, detail } = translateError('source_truncated', `The video is cut short. ${message}`)
  assert.equal(title, 'El video está incompleto')
  assert.match(detail, /Anuncia 60,5 s pero termina a los 12 s\./)
})

test('an answer of the API, which has no title before its sentence, is told as well', () => {
  spoken.value = { language: 'es', ...spanish }
  const { message } = reelwayError('file_too_large', { sizeBytes: 120_000_000_000, limitBytes: 107_374_182_400 })
  assert.match(translateError('file_too_large', message).detail, /Tiene 120 GB y .* máximo 107 GB/)
})

test('in English the API says it, but for what it says to programs', () => {
  const { message } = reelwayError('not_a_video')
  assert.deepEqual(translateError('not_a_video', `The file is not a video that can be read. ${message}`), {
    title: 'The file is not a video that can be read',
    detail: message,
  })
  const missing = reelwayError('asset_missing', { option: 'intro' })
  assert.match(translateError('asset_missing', missing.message).detail, /“intro” was deleted/)
})

test('a code that only a newer release knows is told as the API says it', () => {
  assert.deepEqual(translateError('moon_too_bright', 'The moon is too bright. Wait.'), {
    title: 'The moon is too bright. Wait.',
    detail: '',
  })
})
