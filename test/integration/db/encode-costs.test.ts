import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forgetEncodeCosts } from '@reelway/shared/db/encode-costs/forget.ts'
import { learnedCostFactor } from '@reelway/shared/db/encode-costs/learned-factor.ts'
import { recordEncodeCost } from '@reelway/shared/db/encode-costs/record.ts'
import { openTestDatabase } from '../../support/database.ts'

const { db } = await openTestDatabase()

const record = async (preset: string, encodeSeconds: number[], estimateSeconds = 10) => {
  for (const seconds of encodeSeconds) await recordEncodeCost(db, { preset, estimateSeconds, encodeSeconds: seconds })
}

describe('what encodes of a preset cost', () => {
  test('is unknown before there are five of them', async () => {
    await record('few', [10, 10, 10, 10])
    await record('others', [20])
    assert.equal(await learnedCostFactor(db, 'few'), undefined)
    await record('few', [10])
    assert.equal(await learnedCostFactor(db, 'few'), 1)
  })

  test('is the upper quartile of the last fifty', async () => {
    await record('changed', Array<number>(20).fill(70))
    await record(
      'changed',
      Array.from({ length: 50 }, (_, index) => (index < 25 ? 10 : 30)),
    )
    assert.equal(await learnedCostFactor(db, 'changed'), 3)
  })

  test('is between a quarter of the estimate and eight times of it', async () => {
    await record('fast', Array<number>(5).fill(1))
    await record('slow', Array<number>(5).fill(900))
    assert.deepEqual([await learnedCostFactor(db, 'fast'), await learnedCostFactor(db, 'slow')], [0.25, 8])
  })

  test('is not learned from an encode that took no time or was estimated to take none', async () => {
    await record('none', Array<number>(5).fill(0))
    await record('none', Array<number>(5).fill(1), 0)
    assert.equal(await learnedCostFactor(db, 'none'), undefined)
  })

  test('is remembered of the last two hundred encodes', async () => {
    await db
      .insertInto('encodeCosts')
      .values(
        Array.from({ length: 210 }, (_, index) => ({ preset: 'many', estimateSeconds: 1, encodeSeconds: index + 1 })),
      )
      .execute()
    await record('one', [1])
    await forgetEncodeCosts(db)
    const left = await db.selectFrom('encodeCosts').select('encodeSeconds').where('preset', '=', 'many').execute()
    assert.equal(left.length, 200)
    assert.equal(Math.min(...left.map(({ encodeSeconds }) => encodeSeconds)), 11)
    assert.equal((await db.selectFrom('encodeCosts').select('id').where('preset', '=', 'one').execute()).length, 1)
  })
})
