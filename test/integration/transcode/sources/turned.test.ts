import { suite, test } from 'node:test'
import { turnedRows } from '../../../videos/sources/turned.ts'
import { checkSource } from './check-source.ts'

suite('sources: turned', { concurrency: 2 }, () => {
  for (const row of turnedRows) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
