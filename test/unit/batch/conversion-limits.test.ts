import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversionLimits } from '@reelway/batch/conversion-limits.ts'

for (const deadline of [10, 12, 60, 600]) {
  test(`with an ack deadline of ${deadline} s a conversion that goes wrong ends before it, with time to say why`, () => {
    const { partBudgetSeconds, wholeBudgetSeconds, ...stops } = conversionLimits(deadline)
    const { handOverAfterSeconds, wallClockLimitSeconds, stallLimitSeconds } = stops
    assert.ok(partBudgetSeconds > 0 && partBudgetSeconds <= deadline / 3)
    assert.ok(wholeBudgetSeconds > 0 && wholeBudgetSeconds <= deadline / 2)
    assert.ok(handOverAfterSeconds > 2 * partBudgetSeconds && handOverAfterSeconds < wallClockLimitSeconds)
    assert.ok(wallClockLimitSeconds > wholeBudgetSeconds && wallClockLimitSeconds < deadline)
    assert.ok(stallLimitSeconds > 0 && stallLimitSeconds <= 60 && stallLimitSeconds < wallClockLimitSeconds)
  })
}
