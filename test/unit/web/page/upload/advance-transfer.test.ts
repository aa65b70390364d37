import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  advanceTransfer,
  type Outcome,
  type TransferEvent,
  type Wish,
} from '../../../../../services/web/page/upload/advance-transfer.ts'
import {
  FIRST_CHUNK_BYTES,
  newTransfer,
  type Phase,
  QUANTUM_BYTES,
  type Transfer,
} from '../../../../../services/web/page/upload/transfer.ts'

const MIB = 1024 * 1024
const SIZE = 20 * MIB + 5

const wish = (transfer: Transfer, wanted: Wish): Transfer => advanceTransfer(transfer, { wish: wanted })
const resume = (transfer: Transfer) => wish(transfer, { kind: 'resume' })
const pause = (transfer: Transfer) => wish(transfer, { kind: 'pause' })
const bring = (transfer: Transfer, outcome: Outcome): Transfer =>
  advanceTransfer(transfer, { outcome, turn: transfer.turn })
const kept = (bytes: number | undefined, tookMillis = 5_000): Outcome => ({
  kind: 'kept',
  bytes,
  tookMillis,
  random: 1,
})
const trouble: Outcome = { kind: 'trouble', random: 1 }

const opened = (sizeBytes = SIZE, mayFinish = true): Transfer =>
  bring(resume(newTransfer(sizeBytes, null, mayFinish)), { kind: 'opened', uri: 'session' })

const sending = (from: number, to: number): Phase => ({ kind: 'sending', from, to })

describe('a transfer', () => {
  test('is sent piece by piece, each from where the storage says that it ended, to the end', () => {
    let transfer = opened()
    assert.deepEqual(transfer.phase, sending(0, FIRST_CHUNK_BYTES))
    transfer = bring(transfer, kept(7 * MIB))
    assert.deepEqual(transfer.phase, sending(7 * MIB, 15 * MIB))
    transfer = bring(transfer, kept(15 * MIB))
    assert.deepEqual(transfer.phase, sending(15 * MIB, SIZE))
    transfer = bring(transfer, { kind: 'stored' })
    assert.deepEqual([transfer.phase.kind, transfer.storedBytes], ['stored', SIZE])
  })

  test('of an earlier visit asks first what is stored', () => {
    const transfer = resume(newTransfer(SIZE, 'session', true))
    assert.equal(transfer.phase.kind, 'asking')
    assert.deepEqual(bring(transfer, kept(9 * MIB)).phase, sending(9 * MIB, 17 * MIB))
    assert.deepEqual(bring(transfer, kept(undefined)).phase, sending(0, 8 * MIB))
    assert.equal(bring(transfer, { kind: 'stored' }).phase.kind, 'stored')
  })

  test('asks what is stored after every trouble, and waits longer each time until bytes are stored again', () => {
    let transfer = opened()
    for (const millis of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 64_000]) {
      transfer = bring(transfer, trouble)
      assert.deepEqual(transfer.phase, { kind: 'waiting', millis })
      transfer = bring(transfer, { kind: 'waited' })
      assert.equal(transfer.phase.kind, 'asking')
    }
    transfer = bring(bring(transfer, kept(2 * MIB)), trouble)
    assert.deepEqual(transfer.phase, { kind: 'waiting', millis: 1_000 })
  })

  test('does not wait on when the network is back', () => {
    assert.equal(wish(bring(opened(), trouble), { kind: 'hurry' }).phase.kind, 'asking')
    const busy = opened()
    assert.equal(wish(busy, { kind: 'hurry' }), busy)
  })

  test('does not wait for an answer when the network is gone, and stays paused when it was', () => {
    const waiting = wish(opened(), { kind: 'give-up-turn' })
    assert.equal(waiting.phase.kind, 'waiting')
    assert.equal(wish(waiting, { kind: 'give-up-turn' }), waiting)
    const paused = pause(opened())
    assert.equal(wish(paused, { kind: 'give-up-turn' }), paused)
  })

  test('opens a new session when its own is gone, and does not open one after the other', () => {
    let transfer = bring(bring(opened(), kept(8 * MIB)), { kind: 'session-gone', random: 1 })
    assert.deepEqual([transfer.phase.kind, transfer.sessionUri, transfer.storedBytes], ['opening', null, 0])
    transfer = bring(bring(transfer, { kind: 'opened', uri: 'other' }), { kind: 'session-gone', random: 1 })
    assert.equal(transfer.phase.kind, 'waiting')
    assert.equal(bring(transfer, { kind: 'waited' }).phase.kind, 'opening')
  })

  test('fails, and does not start over for ever, when the storage hides what it has', () => {
    const blind = bring(opened(), kept(undefined))
    assert.equal(blind.phase.kind, 'waiting')
    const again = bring(bring(blind, { kind: 'waited' }), kept(undefined))
    assert.deepEqual(again.phase, sending(0, 8 * MIB))
    const failed = bring(again, kept(undefined))
    assert.deepEqual(failed.phase, { kind: 'failed', failure: { kind: 'range-hidden' } })
  })

  test('takes one answer without a range for what it may be: nothing was kept', () => {
    const again = bring(bring(bring(opened(), kept(undefined)), { kind: 'waited' }), kept(undefined))
    assert.equal(bring(again, kept(8 * MIB)).blindAnswers, 0)
  })

  test('is not sent again at once when the storage keeps nothing of it, or does not finish it', () => {
    const stuck = bring(bring(opened(), kept(8 * MIB)), kept(8 * MIB))
    assert.equal(stuck.phase.kind, 'waiting')
    assert.equal(bring(resume(newTransfer(SIZE, 'session', true)), kept(SIZE)).phase.kind, 'waiting')
  })
})

describe('pausing', () => {
  test('is at once, and resuming asks the storage', () => {
    const paused = pause(opened())
    assert.equal(paused.phase.kind, 'paused')
    assert.equal(resume(paused).phase.kind, 'asking')
  })

  test('twice, or resuming twice, changes nothing', () => {
    const paused = pause(opened())
    assert.equal(pause(paused), paused)
    const going = resume(paused)
    assert.equal(resume(going), going)
    const done = bring(opened(), { kind: 'stored' })
    assert.equal(resume(pause(done)), done)
  })

  test('makes what an earlier turn still brings worthless', () => {
    const before = opened()
    const late: TransferEvent = { outcome: kept(8 * MIB), turn: before.turn }
    const after = resume(pause(before))
    assert.equal(advanceTransfer(after, late), after)
  })
})

describe('the last bytes', () => {
  test('are held back until they may be sent, and everything before goes', () => {
    let transfer = opened(SIZE, false)
    transfer = bring(bring(transfer, kept(8 * MIB)), kept(16 * MIB))
    assert.deepEqual(transfer.phase, sending(16 * MIB, 20 * MIB))
    transfer = bring(transfer, kept(20 * MIB))
    assert.equal(transfer.phase.kind, 'holding')
    assert.deepEqual(wish(transfer, { kind: 'may-finish', value: true }).phase, sending(20 * MIB, SIZE))
  })

  test('are never all of a piece: a file of whole quanta keeps its last one back', () => {
    const transfer = opened(2 * QUANTUM_BYTES, false)
    assert.deepEqual(transfer.phase, sending(0, QUANTUM_BYTES))
    assert.equal(opened(QUANTUM_BYTES, false).phase.kind, 'holding')
    assert.equal(opened(1, false).phase.kind, 'holding')
  })

  test('are called back when they are on their way, and the storage says whether that was in time', () => {
    const last = opened(MIB)
    const held = wish(last, { kind: 'may-finish', value: false })
    assert.equal(held.phase.kind, 'asking')
    assert.equal(bring(held, { kind: 'stored' }).phase.kind, 'stored')
    assert.deepEqual(bring(held, kept(undefined)).phase, sending(0, MIB - QUANTUM_BYTES))
  })

  test('do not stop a piece before them', () => {
    const first = opened()
    assert.equal(wish(first, { kind: 'may-finish', value: false }).phase, first.phase)
  })
})

test('a piece is always whole quanta, or reaches the end, whatever the storage has kept', () => {
  for (const size of [1, QUANTUM_BYTES, QUANTUM_BYTES + 1, 9 * MIB, SIZE]) {
    for (const mayFinish of [true, false]) {
      for (const stored of [0, 1, QUANTUM_BYTES, 8 * MIB].filter((bytes) => bytes < size)) {
        const { phase } = bring(resume(newTransfer(size, 'session', mayFinish)), kept(stored))
        if (phase.kind !== 'sending') {
          assert.deepEqual([phase.kind, mayFinish], ['holding', false])
          continue
        }
        assert.equal(phase.from, stored)
        assert.ok(phase.to === size ? mayFinish : (phase.to - phase.from) % QUANTUM_BYTES === 0)
      }
    }
  }
})

test('pieces grow on a fast line and shrink on a slow one, from 8 to 64 MiB', () => {
  let transfer = opened(10_000 * MIB)
  const sizes: number[] = []
  let stored = 0
  const next = (tookMillis: number) => {
    stored += transfer.chunkBytes
    transfer = bring(transfer, kept(stored, tookMillis))
    sizes.push(transfer.chunkBytes / MIB)
  }
  for (const tookMillis of [100, 3_999, 1_000, 1_000, 10_000, 20_001, 60_000, 60_000, 60_000]) next(tookMillis)
  assert.deepEqual(sizes, [16, 32, 64, 64, 64, 32, 16, 8, 8])
})
