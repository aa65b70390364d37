import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultPresetName, presetNames, presets } from '@reelway/shared/presets/catalogue.ts'
import { preset } from '@reelway/shared/presets/schema.ts'

test('every preset is valid and listed under its own name', () => {
  for (const [name, data] of Object.entries(presets)) {
    assert.deepEqual(preset.parse(data), data)
    assert.equal(data.name, name)
  }
})

test('the names are those of the record, in its order, and the default is one of them', () => {
  assert.deepEqual(presetNames, Object.keys(presets))
  assert.equal(defaultPresetName, 'league')
})

test('a preset is data: JSON keeps all of it', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(presets)), presets)
})

test('an unknown field is refused, so that a misspelt setting does not pass for a default', () => {
  assert.equal(preset.safeParse({ ...presets.league, frameRates: {} }).success, false)
})
