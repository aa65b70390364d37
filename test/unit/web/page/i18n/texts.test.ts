import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { presetNames } from '@reelway/shared/presets/catalogue.ts'
import { en } from '../../../../../services/web/page/i18n/en.ts'
import { errorTextsForPeople } from '../../../../../services/web/page/i18n/error-texts.ts'
import { errorTextsEs } from '../../../../../services/web/page/i18n/es/errors.ts'
import { presetTextsEs } from '../../../../../services/web/page/i18n/es/presets.ts'
import { es } from '../../../../../services/web/page/i18n/es.ts'
import type { Text } from '../../../../../services/web/page/i18n/text.ts'

const placeholdersIn = (text: Text): string[] => {
  const forms = typeof text === 'string' ? [text] : Object.values(text)
  return [...new Set(forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)))].sort()
}

test('every text of the page is there in Spanish, with the same values in it', () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort())
  const spanish: Record<string, Text> = es
  for (const [key, text] of Object.entries<Text>(en)) {
    assert.deepEqual(placeholdersIn(spanish[key] ?? ''), placeholdersIn(text), key)
  }
})

test('every error of the catalogue is told in Spanish, with values that the catalogue has', () => {
  assert.deepEqual(Object.keys(errorTextsEs).sort(), Object.keys(errorCatalogue).sort())
  for (const texts of [errorTextsEs, errorTextsForPeople]) {
    for (const [code, { title, detail }] of Object.entries(texts)) {
      const catalogue: Record<string, { detail: string }> = errorCatalogue
      const known = placeholdersIn(catalogue[code]?.detail ?? '')
      assert.deepEqual(
        placeholdersIn(`${title} ${detail}`).filter((name) => !known.includes(name)),
        [],
        code,
      )
    }
  }
})

test('nobody is told of headers, methods or routes of the API', () => {
  for (const [code, { detail }] of Object.entries({ ...errorCatalogue, ...errorTextsForPeople, ...errorTextsEs })) {
    assert.doesNotMatch(detail, /POST|GET \/|\/api\/|content-type|Bearer/, code)
  }
})

test('every preset is described in Spanish', () => {
  assert.deepEqual(Object.keys(presetTextsEs).sort(), [...presetNames].sort())
})
