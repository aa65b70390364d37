import { suite, test } from 'node:test'
import { colourRows } from '../../../videos/sources/colours.ts'
import { checkSource } from './check-source.ts'

suite('sources: colours', { concurrency: 2 }, () => {
  for (const row of colourRows) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
