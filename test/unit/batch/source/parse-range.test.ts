import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRange } from '@reelway/batch/source/parse-range.ts'

const SIZE = 1000

for (const [header, wanted, why] of [
  [undefined, { first: 0, last: 999 }, 'without a header all of it is meant'],
  ['bytes=0-', { first: 0, last: 999 }, 'an open end is the end of the object'],
  ['bytes=100-199', { first: 100, last: 199 }, 'both ends are part of the range'],
  ['bytes=999-999', { first: 999, last: 999 }, 'the last byte can be asked for'],
  ['bytes=100-5000', { first: 100, last: 999 }, 'an end beyond the object is its end'],
  ['bytes=-10', { first: 990, last: 999 }, 'without a start the last bytes are meant'],
  ['bytes=-5000', { first: 0, last: 999 }, 'more last bytes than there are means all of them'],
  ['bytes=1000-', 'unsatisfiable', 'a start at the end cannot be served'],
  ['bytes=1000-2000', 'unsatisfiable', 'a start beyond the end cannot be served'],
  ['bytes=-0', 'unsatisfiable', 'no last bytes cannot be served'],
  ['bytes=200-100', 'unsatisfiable', 'an end before the start cannot be served'],
  ['bytes=-', { first: 0, last: 999 }, 'a range that says nothing is ignored'],
  ['bytes=0-1,5-6', { first: 0, last: 999 }, 'several ranges are ignored'],
  ['items=0-1', { first: 0, last: 999 }, 'an unknown unit is ignored'],
] as const) {
  test(`${why} (${header})`, () => {
    assert.deepEqual(parseRange(header, SIZE), wanted)
  })
}
