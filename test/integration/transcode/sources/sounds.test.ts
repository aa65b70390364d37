import { suite, test } from 'node:test'
import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { soundSourceRows } from '../../../videos/sources/sounds.ts'
import { rowsInTurn } from '../rows-in-turn.ts'
import { checkSource } from './check-source.ts'

suite('sources: sounds', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(soundSourceRows, 10)) {
    test(`${row.video}: ${sourceKinds[row.kind].what}: ${sourceKinds[row.kind].done}`, () => checkSource(row))
  }
})
