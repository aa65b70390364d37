import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionNames } from '@reelway/shared/options/task-options.ts'
import { optionOrder, withOption, withPreset } from '../../../../../services/web/page/options/conversion.ts'

test('every option that the API has is asked for', () => {
  assert.deepEqual([...optionOrder].sort(), [...optionNames].sort())
})

test('another preset keeps the options that it has, and no other', () => {
  const before = {
    preset: 'league',
    options: { rotate: 90, mute: true, trim: { startSeconds: 1, atKeyframes: false } },
  } as const
  const after = withPreset(before, { name: 'gif', options: ['trim', 'rotate'] })
  assert.deepEqual(after, { preset: 'gif', options: { trim: before.options.trim, rotate: 90 } })
})

test('an option that is taken away is not sent at all', () => {
  const muted = withOption({ preset: 'league', options: {} }, 'mute', true)
  assert.deepEqual(muted.options, { mute: true })
  assert.deepEqual(Object.keys(withOption(muted, 'mute', undefined).options), [])
})
