import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, mock, test } from 'node:test'
import { SEGMENTS_WINDOW_SECONDS, signPlaylistToken, verifyPlaylistToken } from '@reelway/web/hls/playlist-token.ts'

const keys = { current: { kid: 'k1', secret: Buffer.from('a secret of thirty-two characters') }, previous: undefined }
const taskId = randomUUID()
const HOUR_MS = 60 * 60 * 1000
const begin = Date.parse('2026-11-26T05:59:00Z')

afterEach(() => mock.timers.reset())

const opens = (kind: 'master' | 'media', token: string, ofTask = taskId) => {
  try {
    verifyPlaylistToken(keys, { taskId: ofTask, kind, token })
    return true
  } catch {
    return false
  }
}

test('the token of media playlists opens them for as long as their segments are there, hours after that of the master has died', () => {
  mock.timers.enable({ apis: ['Date'], now: begin })
  const master = signPlaylistToken(keys, taskId, 'master').token
  const media = signPlaylistToken(keys, taskId, 'media').token
  assert.deepEqual([opens('master', master), opens('media', master), opens('media', media)], [true, true, true])
  mock.timers.setTime(begin + 2 * HOUR_MS)
  assert.deepEqual([opens('master', master), opens('media', master)], [false, false])
  mock.timers.setTime(begin + 6 * HOUR_MS)
  assert.equal(opens('media', media), true)
  mock.timers.setTime(begin + 12 * HOUR_MS)
  assert.equal(opens('media', media), false)
})

test('the token of media playlists does not open the master, which would give the next one for ever', () => {
  assert.equal(opens('master', signPlaylistToken(keys, taskId, 'media').token), false)
})

test('neither opens the playlists of another task', () => {
  for (const kind of ['master', 'media'] as const) {
    assert.equal(opens('media', signPlaylistToken(keys, taskId, kind).token, randomUUID()), false)
  }
})

test('the address of a segment is used for no longer than a signature of Cloud Run is sure', () => {
  assert.ok(2 * SEGMENTS_WINDOW_SECONDS <= 12 * 60 * 60)
})
