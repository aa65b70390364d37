import { suite, test } from 'node:test'
import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { fieldRows } from '../../../videos/sources/fields.ts'
import { rowsInTurn } from '../rows-in-turn.ts'
import { checkSource } from './check-source.ts'

suite('sources: fields', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(fieldRows, 10)) {
    test(`${row.video}: ${sourceKinds[row.kind].what}: ${sourceKinds[row.kind].done}`, () => checkSource(row))
  }
})
