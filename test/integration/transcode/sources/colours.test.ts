import { suite, test } from 'node:test'
import { colourRows } from '../../../videos/sources/colours.ts'
import { checkSource } from './check-source.ts'
import { rowsInTurn } from './rows-in-turn.ts'

suite('sources: colours', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(colourRows)) {
    test(`${row.video}: ${row.what}: ${row.done}`, () => checkSource(row))
  }
})
