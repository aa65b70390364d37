import { suite, test } from 'node:test'
import { turnedRows } from '../../../videos/sources/turned.ts'
import { checkSource } from './check-source.ts'
import { rowsInTurn } from './rows-in-turn.ts'

suite('sources: turned', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(turnedRows)) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
