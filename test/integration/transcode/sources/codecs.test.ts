import { suite, test } from 'node:test'
import { codecRows } from '../../../videos/sources/codecs.ts'
import { checkSource } from './check-source.ts'
import { rowsInTurn } from './rows-in-turn.ts'

suite('sources: codecs', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(codecRows)) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
