import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { CatalogueEntry } from '@reelway/shared/errors/catalogue-entry.ts'
import { conversionErrors } from '@reelway/shared/errors/conversion-errors.ts'
import { errorSentence, ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { requestErrors } from '@reelway/shared/errors/request-errors.ts'

const entries = Object.entries<CatalogueEntry>(errorCatalogue)

const placeholdersOf = (entry: CatalogueEntry) => [...entry.detail.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

const productText = async (): Promise<string> => {
  const root = new URL('../../../../', import.meta.url).pathname
  const texts: string[] = []
  for (const folder of ['shared', 'services']) {
    for await (const file of glob(`${root}${folder}/**/*.ts`)) {
      if (file.includes('node_modules') || file.includes('/errors/')) continue
      texts.push(await readFile(file, 'utf8'))
    }
  }
  return texts.join('\n')
}

describe('the error catalogue', () => {
  test('gives no code twice', () => {
    const codes = [...Object.keys(requestErrors), ...Object.keys(conversionErrors)]
    assert.equal(new Set(codes).size, codes.length)
    assert.equal(codes.length, entries.length)
  })

  for (const [code, entry] of entries) {
    test(`speaks in sentences, and with a status that fits its kind: ${code}`, () => {
      assert.match(code, /^[a-z]+(_[a-z0-9]+)*$/)
      assert.match(entry.title, /^[A-Z][^{}]*[^.]$/)
      assert.match(entry.detail, /^[A-Z{].*\.$|\}\.?$/)
      assert.equal(entry.status >= 500, entry.kind === 'transient')
    })
  }

  test('has no code that nothing in the product throws', async () => {
    const text = await productText()
    const unused = Object.keys(errorCatalogue).filter((code) => !text.includes(`'${code}'`))
    assert.deepEqual(unused, [])
  })

  test('needs only the number of attempts where a task is given up after a transient error', () => {
    for (const [code, entry] of entries.filter(([, { kind }]) => kind === 'transient')) {
      assert.ok(
        placeholdersOf(entry).every((name) => name === 'attempts'),
        code,
      )
    }
  })
})

describe('the sentence of an error', () => {
  test('holds the values that were given, each wherever its name stands', () => {
    assert.equal(
      errorSentence('file_too_large', { sizeBytes: 7, limitBytes: 5 }),
      'The file has 7 bytes; at most 5 are accepted.',
    )
  })

  test('keeps what a value says, also a placeholder or a pattern of replace()', () => {
    const sentence = errorSentence('task_state_conflict', { status: '{advice}', advice: '$& $1' })
    assert.equal(sentence, 'The task is {advice}. $& $1')
  })

  test('leaves a placeholder without a value as it stands', () => {
    assert.match(errorSentence('rate_limited'), /\{retryAfterSeconds\}/)
    assert.match(errorSentence('rate_limited', { retryAfterSeconds: 0 }), /Wait 0 s/)
  })

  // The compiler demands the names at every call of reelwayError; codes that reach a task by another way are tried here.
  for (const [code, entry] of entries) {
    test(`is whole when all its placeholders are given: ${code}`, () => {
      const parameters = Object.fromEntries(placeholdersOf(entry).map((name) => [name, `<${name}>`]))
      const sentence = errorSentence(code as ErrorCode, parameters)
      assert.doesNotMatch(sentence, /[{}]/)
      for (const value of Object.values(parameters)) assert.ok(sentence.includes(value))
    })
  }
})

test('an error keeps its code, its values and what was thrown before it', () => {
  const cause = new Error('before')
  const error = reelwayError('rate_limited', { retryAfterSeconds: 3 }, { cause })
  assert.ok(error instanceof ReelwayError && error instanceof Error)
  assert.deepEqual(
    [error.name, error.code, error.status, error.kind, error.parameters],
    ['ReelwayError', 'rate_limited', 429, 'permanent', { retryAfterSeconds: 3 }],
  )
  assert.equal(error.message, 'Wait 3 s and try again.')
  assert.equal(error.cause, cause)
})
