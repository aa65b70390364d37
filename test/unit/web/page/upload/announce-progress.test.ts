import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announceProgress, type Milestone } from '../../../../../services/web/page/upload/announce-progress.ts'

test('start, quarters and end are said once each, in order, and what was passed together is one', () => {
  const said: Milestone[] = []
  for (const share of [0, 0.1, 0.26, 0.3, 0.1, 0.3, 0.8, 0.76, 0.999, 1, 1]) {
    const milestone = announceProgress(said.at(-1), share)
    if (milestone !== undefined) said.push(milestone)
  }
  assert.deepEqual(said, ['started', 'quarter', 'three-quarters', 'finished'])
})
