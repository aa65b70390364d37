import { suite, test } from 'node:test'
import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { turnedRows } from '../../../videos/sources/turned.ts'
import { rowsInTurn } from '../rows-in-turn.ts'
import { checkSource } from './check-source.ts'

suite('sources: turned', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(turnedRows, 10)) {
    test(`${row.video}: ${sourceKinds[row.kind].what}: ${sourceKinds[row.kind].done}`, () => checkSource(row))
  }
})
