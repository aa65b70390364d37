import { type Clip, clips } from './clips.ts'
import { drawFault, type Fault } from './draw-fault.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** What the owner of a task does with it. */
const behaviours = {
  waits: 60,
  /** never says that the upload is there: the bucket's notification does */
  'says nothing': 12,
  cancels: 7,
  'cancels and retries': 8,
  deletes: 6,
  /** never uploads */
  abandons: 3,
} as const

export type PlannedTask = {
  /** 0 to users - 1 */
  user: number
  /** from the beginning of the round */
  atMillis: number
  clip: Clip
  behaviour: keyof typeof behaviours
  /** between the upload and what the owner does then */
  patienceMillis: number
  uploadType: 'resumable' | 'single'
}

export type PlannedFault = { atMillis: number; fault: Fault }

/** All that happens in one round, in order of time: the same for the same seed and size. */
export type RoundPlan = { seed: number; tasks: PlannedTask[]; faults: PlannedFault[] }

/** Of 100 tasks. */
const LENGTHS = { short: 66, long: 20, bad: 14 } as const
/** About the time between two tasks, and between two faults. */
const TASK_EVERY_MILLIS = 600
const FAULT_EVERY_MILLIS = 1_100

/** Makes the plan of a round. `long`: whether there are tasks that are cut into parts. */
export const planRound = (seed: number, size: { tasks: number; users: number; long: boolean }): RoundPlan => {
  const random = seededRandom(seed)
  const lastMillis = size.tasks * TASK_EVERY_MILLIS
  const tasks = Array.from({ length: size.tasks }, () => drawTask(random, size, lastMillis))
  // Faults go on for a while after the last task has been made: the queue is longest then.
  const faults = Array.from({ length: Math.ceil((lastMillis * 1.6) / FAULT_EVERY_MILLIS) }, () => ({
    atMillis: random.between(500, lastMillis * 1.6),
    fault: drawFault(random),
  }))
  const byTime = (a: { atMillis: number }, b: { atMillis: number }) => a.atMillis - b.atMillis
  return { seed, tasks: tasks.sort(byTime), faults: faults.sort(byTime) }
}

/** The beginnings of the rounds of several seeds at the same time, with `tasks` of each. */
export const planRounds = (
  seeds: readonly [number, ...number[]],
  size: { tasks: number; users: number; long: boolean },
): RoundPlan => {
  const plans = seeds.map((seed) => planRound(seed, size))
  return {
    seed: seeds[0],
    tasks: plans.flatMap(({ tasks }) => tasks),
    faults: plans.flatMap(({ faults }) => faults).sort((a, b) => a.atMillis - b.atMillis),
  }
}

const drawTask = (
  random: SeededRandom,
  { users, long }: { users: number; long: boolean },
  lastMillis: number,
): PlannedTask => ({
  user: random.between(0, users - 1),
  atMillis: random.between(0, lastMillis),
  clip: random.pick(clips[random.weighted(long ? LENGTHS : { ...LENGTHS, long: 0 })]),
  behaviour: random.weighted(behaviours),
  patienceMillis: random.between(0, 6_000),
  uploadType: random.percent(50) ? 'resumable' : 'single',
})
