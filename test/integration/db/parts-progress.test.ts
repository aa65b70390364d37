import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import { finishPart } from '@reelway/shared/db/parts/finish.ts'
import { handOverPart } from '@reelway/shared/db/parts/hand-over.ts'
import { cutTask, pictureParts, somePart } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { claimed, jobsOf, processingTask, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

describe('the progress of a task that is cut', () => {
  test('is the weighted sum of the parts, and never goes backwards', async () => {
    const { task, held } = await cutTask(db, [
      ...pictureParts(2).map((part) => ({ ...part, weight: 0.4 })),
      { stream: 'sound', start: 0, end: 900, weight: 0.2 },
    ])
    const [soundPart, picture] = held
    assert.ok(soundPart && picture)
    const seen: number[] = []
    const look = async () => seen.push((await taskRow(db, task.id)).progress)
    await renewLease(db, soundPart.lease, 0.5)
    await look()
    await renewLease(db, picture.lease, 0.25)
    await look()
    await renewLease(db, picture.lease, 0.1)
    await look()
    await handOverPart(db, picture.lease, picture.partId, {
      kept: null,
      rest: [{ stream: 'picture', start: 0, end: 100, weight: 0.4 }],
    })
    await look()
    await finishPart(db, soundPart.lease, soundPart.partId, somePart())
    await look()
    const expected = [0.5 * 0.2, 0.5 * 0.2 + 0.25 * 0.4, 0.2, 0.2, 0.2].map((sum) => 0.98 * sum)
    for (const [index, progress] of seen.entries())
      assert.ok(Math.abs(progress - (expected[index] ?? 0)) < 1e-9, `${seen}`)
  })

  test('leaves a fiftieth for joining them', async () => {
    const { task, held } = await cutTask(db, pictureParts(1))
    for (const { lease, partId } of held) await finishPart(db, lease, partId, somePart())
    assert.equal((await taskRow(db, task.id)).progress, 0.98)
    const assemble = (await jobsOf(db, task.id)).find(({ kind }) => kind === 'assemble')
    const lease = await claimed(db, assemble?.id ?? '')
    await renewLease(db, lease, 0.5)
    assert.equal((await taskRow(db, task.id)).progress, 0.99)
  })

  test('is not written for less than a five-hundredth', async () => {
    const { task, held } = await cutTask(db, pictureParts(1))
    const [only] = held
    assert.ok(only)
    await renewLease(db, only.lease, 0.5)
    const { version } = await taskRow(db, task.id)
    assert.equal(await renewLease(db, only.lease, 0.501), true)
    assert.equal((await taskRow(db, task.id)).version, version)
    await renewLease(db, only.lease, 0.51)
    assert.equal((await taskRow(db, task.id)).version, version + 1)
  })
})

test('a lease is not renewed when its task has settled, whatever its job says', async () => {
  const { task, lease } = await processingTask(db)
  await db.updateTable('tasks').set({ status: 'failed' }).where('id', '=', task.id).execute()
  assert.equal(await renewLease(db, lease, 0.5), false)
})
