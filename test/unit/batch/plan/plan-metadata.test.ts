import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planMetadata } from '@reelway/batch/plan/plan-metadata.ts'
import { someFacts } from '../probe/some-facts.ts'

const telephone = {
  title: 'A walk',
  creation_time: '2024-05-06T07:08:09.000000Z',
  'com.apple.quicktime.creationdate': '2024-05-06T09:08:09+0200',
  'com.apple.quicktime.make': 'Apple',
  'com.apple.quicktime.model': 'iPhone',
  'com.apple.quicktime.location.iso6709': '+48.8577+002.2950/',
  'location-eng': '+10+10/',
  artist: 'Ana',
  comment: 'in Paris',
  'com.example.serial': 'C39XK0ZZ',
}
const audio = { language: 'fra' }

const kept = (metadata: 'strip' | 'keep' | 'keep-location' | undefined, tags: Record<string, string>) =>
  Object.fromEntries(
    planMetadata(someFacts({ tags, audio }), { metadata }).tags.map(({ name, value }) => [name, value]),
  )

test('nothing is kept unless it is asked for', () => {
  for (const metadata of [undefined, 'strip'] as const) {
    assert.deepEqual(planMetadata(someFacts({ tags: telephone, audio }), { metadata }), {
      tags: [],
      soundLanguage: null,
    })
  }
})

test('keep keeps title, time in UTC and camera, and nothing that tells where or who', () => {
  assert.deepEqual(kept('keep', telephone), {
    title: 'A walk',
    creationTime: '2024-05-06T07:08:09.000Z',
    make: 'Apple',
    model: 'iPhone',
  })
})

test('keep-location keeps the place, once, the local time and who made it, but no number of a device', () => {
  const { location, localTime, artist, comment, ...others } = kept('keep-location', telephone)
  assert.equal(location, '+48.8577+002.2950/')
  assert.equal(localTime, '2024-05-06T09:08:09+0200')
  assert.deepEqual([artist, comment], ['Ana', 'in Paris'])
  assert.deepEqual(others, kept('keep', telephone))
})

test('a time that only says local time becomes UTC, and one of a camera without a clock none', () => {
  assert.equal(
    kept('keep', { 'com.apple.quicktime.creationdate': '2024-05-06T23:08:09-0500' }).creationTime,
    '2024-05-07T04:08:09.000Z',
  )
  for (const creation_time of [
    '1904-01-01T00:00:00.000000Z',
    '1970-01-01T00:00:00Z',
    '2024-13-45T00:00:00Z',
    'never',
  ]) {
    assert.deepEqual(kept('keep', { creation_time }), {})
  }
})

test('a date is a date, whatever else stands in it', () => {
  assert.deepEqual(kept('keep', { date: '2024-05-06 at 48.8577, 2.2950' }), { date: '2024-05-06' })
  assert.deepEqual(kept('keep', { date: 'in Paris' }), {})
})

test('text is cleaned of control characters and cut between characters', () => {
  assert.equal(kept('keep', { title: ' \u0000a\nb\u007f ' }).title, 'a b')
  assert.equal(kept('keep', { title: '\u{1f600}'.repeat(600) }).title, '\u{1f600}'.repeat(500))
  assert.deepEqual(kept('keep', { title: '\u0000\n ' }), {})
})

test('the language of the sound is kept, and forgotten with the sound', () => {
  const language = (mute?: boolean) => planMetadata(someFacts({ audio }), { metadata: 'keep', mute }).soundLanguage
  assert.equal(language(), 'fra')
  assert.equal(language(true), null)
})
