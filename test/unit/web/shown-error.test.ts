import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorSchema } from '@reelway/web/results/error-schema.ts'
import { shownError } from '@reelway/web/results/shown-error.ts'

test('an error that is stored is shown in words, with its values', () => {
  const shown = shownError('source_truncated', { announcedSeconds: 10, foundSeconds: 4 })
  assert.equal(shown.code, 'source_truncated')
  assert.match(shown.message, /^The video is cut short\. It announces 10 s but ends after 4 s/)
})

for (const code of ['melted_by_a_newer_release', 'constructor', '__proto__', '']) {
  test(`a code that this release does not know, "${code}", is shown as one that it does`, () => {
    const shown = errorSchema.parse(shownError(code, { some: 'value' }))
    assert.equal(shown.code, 'internal')
    assert.match(shown.message, /^Something went wrong on our side\. /)
  })
}
