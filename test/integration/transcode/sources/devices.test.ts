import { suite, test } from 'node:test'
import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { deviceRows } from '../../../videos/sources/devices.ts'
import { rowsInTurn } from '../rows-in-turn.ts'
import { checkSource } from './check-source.ts'

suite('sources: devices', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(deviceRows, 10)) {
    test(`${row.video}: ${sourceKinds[row.kind].what}: ${sourceKinds[row.kind].done}`, () => checkSource(row))
  }
})
