import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ackStatus, type Outcome } from '@reelway/batch/ack-policy.ts'

// A record, so that the compiler asks for a line when there is a new kind of outcome.
const wanted: { [Kind in Outcome['kind']]: { outcome: Extract<Outcome, { kind: Kind }>; status: 204 | 503 } } = {
  completed: { outcome: { kind: 'completed', taskId: 't' }, status: 204 },
  split: { outcome: { kind: 'split', taskId: 't', parts: 3 }, status: 204 },
  'part-done': { outcome: { kind: 'part-done', taskId: 't' }, status: 204 },
  'handed-over': { outcome: { kind: 'handed-over', taskId: 't' }, status: 204 },
  replanned: { outcome: { kind: 'replanned', taskId: 't' }, status: 204 },
  refused: { outcome: { kind: 'refused', taskId: 't', code: 'not_a_video' }, status: 204 },
  'given-up': { outcome: { kind: 'given-up', taskId: 't', code: 'attempts_exhausted' }, status: 204 },
  'published-again': { outcome: { kind: 'published-again' }, status: 204 },
  accepted: { outcome: { kind: 'accepted', taskId: 't' }, status: 204 },
  'asset-accepted': { outcome: { kind: 'asset-accepted', assetId: 'a' }, status: 204 },
  'asset-refused': { outcome: { kind: 'asset-refused', assetId: 'a', code: 'upload_size_mismatch' }, status: 204 },
  'already-settled': { outcome: { kind: 'already-settled' }, status: 204 },
  'held-by-another': { outcome: { kind: 'held-by-another' }, status: 204 },
  superseded: { outcome: { kind: 'superseded' }, status: 204 },
  'unknown-job': { outcome: { kind: 'unknown-job' }, status: 204 },
  ignored: { outcome: { kind: 'ignored', reason: 'r' }, status: 204 },
  malformed: { outcome: { kind: 'malformed', reason: 'r' }, status: 204 },
  'try-again': { outcome: { kind: 'try-again', code: 'source_unreachable' }, status: 503 },
  'shutting-down': { outcome: { kind: 'shutting-down' }, status: 503 },
}

for (const { outcome, status } of Object.values(wanted)) {
  test(`a delivery that is ${outcome.kind} is answered ${status}`, () => {
    assert.equal(ackStatus(outcome), status)
  })
}
