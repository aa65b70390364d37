import { suite, test } from 'node:test'
import { timeRows } from '../../../videos/sources/times.ts'
import { checkSource } from './check-source.ts'

suite('sources: times', { concurrency: 2 }, () => {
  for (const row of timeRows) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
