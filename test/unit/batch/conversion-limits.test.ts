import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversionLimits } from '@reelway/batch/conversion-limits.ts'

for (const deadline of [10, 12, 60, 600]) {
  test(`with an ack deadline of ${deadline} s a conversion that goes wrong ends before it, with time to say why`, () => {
    const { encodeBudgetSeconds, wallClockLimitSeconds, stallLimitSeconds } = conversionLimits(deadline)
    assert.ok(encodeBudgetSeconds > 0)
    assert.ok(encodeBudgetSeconds <= deadline / 2)
    assert.ok(wallClockLimitSeconds > encodeBudgetSeconds && wallClockLimitSeconds < deadline)
    assert.ok(stallLimitSeconds > 0 && stallLimitSeconds <= 60 && stallLimitSeconds < wallClockLimitSeconds)
  })
}
