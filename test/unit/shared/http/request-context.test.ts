import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { currentContext, currentTraceparent, runInContext } from '@reelway/shared/http/request-context.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

describe('the context of a request', () => {
  test('goes on with a valid trace, and passes it on', () => {
    for (const [flags, sampled] of [
      ['01', true],
      ['00', false],
      ['03', true],
      ['02', false],
    ] as const) {
      runInContext(`00-${traceId}-${spanId}-${flags}`, () => {
        const { requestId, ...trace } = currentContext() ?? {}
        assert.deepEqual(trace, { traceId, spanId, sampled })
        assert.match(requestId ?? '', /^[0-9a-f-]{36}$/)
        assert.equal(currentTraceparent(), `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`)
      })
    }
  })

  for (const traceparent of [
    undefined,
    '',
    traceId,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${traceId}-${spanId}-1`,
    `00-${traceId}-${spanId}-01\n`,
  ]) {
    test(`begins a new trace after ${JSON.stringify(traceparent)}`, () => {
      runInContext(traceparent, () => {
        const context = currentContext()
        assert.match(context?.traceId ?? '', /^[0-9a-f]{32}$/)
        assert.notEqual(context?.traceId, traceId)
        assert.equal(context?.sampled, false)
      })
    })
  }

  test('is not that of another request at the same time, and ends with it', async () => {
    const seen = await Promise.all(
      [0, 1, 2].map((count) =>
        runInContext(`00-${traceId.slice(0, -1)}${count}-${spanId}-01`, async () => {
          await sleep(5 - count)
          return currentContext()?.traceId.at(-1)
        }),
      ),
    )
    assert.deepEqual(seen, ['0', '1', '2'])
    assert.equal(currentContext(), undefined)
    assert.equal(currentTraceparent(), undefined)
  })
})
