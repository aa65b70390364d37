import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLanguage } from '../../../../../services/web/page/i18n/choose-language.ts'

test('the address decides before what was chosen earlier, and that before the browser', () => {
  const browser = ['de-DE', 'es-MX', 'en']
  assert.equal(chooseLanguage({ search: '?lang=en', saved: 'es', browser }), 'en')
  assert.equal(chooseLanguage({ search: '', saved: 'en', browser }), 'en')
  assert.equal(chooseLanguage({ search: '?lang=fr', saved: null, browser }), 'es')
  assert.equal(chooseLanguage({ search: '', saved: 'klingon', browser: ['fr'] }), 'en')
  assert.equal(chooseLanguage({ search: '?lang=ES-419', saved: null, browser: [] }), 'es')
})
