import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeFilm, mayBeFilm } from '@reelway/batch/probe/judge-film.ts'
import type { VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { someFacts } from './some-facts.ts'

// As ffprobe has it of two seconds of film in a vob.
const dvd: VideoFacts = {
  ...someFacts().video,
  codec: 'mpeg2video',
  averageFrameRate: { num: 86, den: 3 },
  baseFrameRate: { num: 60_000, den: 1001 },
}
const read = (packets: number, lastStartSeconds: number) => [
  {
    ...{
      packets,
      firstStartSeconds: 0.005,
      earliestStartSeconds: 0.005,
      lastStartSeconds,
      endSeconds: lastStartSeconds,
    },
    ...{ packetsBeforeLastKey: 0, longestKeyGapSeconds: 0.5, unshownPackets: 0 },
  },
]

test('a DVD may hold film, and nothing may that is no MPEG-2 of 29.97 or 59.94 frames a second', () => {
  assert.equal(mayBeFilm(dvd), true)
  assert.equal(mayBeFilm({ ...dvd, baseFrameRate: { num: 30_000, den: 1001 } }), true)
  assert.equal(mayBeFilm({ ...dvd, baseFrameRate: { num: 25, den: 1 } }), false)
  assert.equal(mayBeFilm({ ...dvd, codec: 'h264' }), false)
})

test('a picture of which 23.976 frames a second are stored is film, and one with more is television', () => {
  assert.deepEqual(judgeFilm(dvd, read(1440, 60.02)), { num: 24_000, den: 1001 })
  assert.deepEqual(judgeFilm(dvd, read(1600, 60.02)), { num: 30_000, den: 1001 })
  assert.deepEqual(judgeFilm(dvd, read(1798, 60)), { num: 30_000, den: 1001 })
})

test('what is read of a picture of 59.94 frames a second, or too little, changes nothing', () => {
  assert.deepEqual(judgeFilm(dvd, read(3596, 60)), dvd.averageFrameRate)
  assert.deepEqual(judgeFilm(dvd, read(20, 0.8)), dvd.averageFrameRate)
  assert.deepEqual(judgeFilm(dvd, []), dvd.averageFrameRate)
})
