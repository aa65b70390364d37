import { suite, test } from 'node:test'
import { highRangeRows } from '../../../videos/sources/high-range.ts'
import { checkSource } from './check-source.ts'
import { rowsInTurn } from './rows-in-turn.ts'

suite('sources: high-range', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(highRangeRows)) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
