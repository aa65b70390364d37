import { suite, test } from 'node:test'
import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { soundSourceRows } from '../../../videos/sources/sounds.ts'
import { checkSource } from './check-source.ts'
import { rowsInTurn } from './rows-in-turn.ts'

suite('sources: sounds', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(soundSourceRows)) {
    test(`${row.video}: ${sourceKinds[row.kind].what}: ${sourceKinds[row.kind].done}`, () => checkSource(row))
  }
})
