import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planSoundAlone } from '@reelway/batch/plan/plan-sound-alone.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { m4a } from '@reelway/shared/presets/m4a.ts'
import { someFacts } from '../probe/some-facts.ts'

const HOUR = { durationSeconds: 3600, video: { endSeconds: 3600 }, audio: { endSeconds: 3600 } }

const planOf = (sourceBytes: number, options: object = {}) =>
  planSoundAlone(someFacts(HOUR), m4a, taskOptions.parse(options), { soundBudgetSeconds: 420, sourceBytes })

test('sound that takes too long to read is refused, and half a minute from the start of it is not', () => {
  const whole = planOf(60e9)
  assert.deepEqual(whole, {
    kind: 'refused',
    code: 'video_too_long',
    parameters: { estimateSeconds: 1200, limitSeconds: 420 },
  })
  assert.equal(planOf(60e9, { trim: { startSeconds: 0, endSeconds: 30 } }).kind, 'planned')
})

test('the end of a large source is read alone, unless it has to be read from its beginning to be found', () => {
  const trim = { startSeconds: 3500, endSeconds: 3530 }
  assert.equal(planOf(60e9, { trim }).kind, 'planned')
  const mp3 = planSoundAlone({ ...someFacts(HOUR), container: 'mp3' }, m4a, taskOptions.parse({ trim }), {
    ...{ soundBudgetSeconds: 420, sourceBytes: 60e9 },
  })
  assert.equal(mp3.kind === 'refused' && mp3.code, 'video_too_long')
})
