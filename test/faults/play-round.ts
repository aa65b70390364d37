import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { Client } from '../support/client.ts'
import { checkAttempts } from './check-attempts.ts'
import { checkHistory } from './check-history.ts'
import { checkLeftovers } from './check-leftovers.ts'
import { checkOutcome } from './check-outcomes.ts'
import { type FaultStack, startFaultStack } from './fault-stack.ts'
import type { Change } from './history.ts'
import { injectFault } from './inject-fault.ts'
import { type PatientClient, patientClient } from './patient-client.ts'
import type { PlannedFault, RoundPlan } from './plan-round.ts'
import { type PlayedTask, playTask } from './play-task.ts'
import { readHistory } from './record-history.ts'
import { settleDust } from './settle-dust.ts'
import { STRANGER } from './with-database.ts'

/** How a round went. `breaches`: what is wrong, nothing when all is well. */
export type RoundReport = {
  breaches: string[]
  /** what each fault did, with its time since the beginning */
  faults: string[]
  /** how many tasks ended in which way */
  outcomes: Record<string, number>
  history: Change[]
  seconds: number
}

/** Long enough for a part of the clips on a busy machine. */
const ACK_DEADLINE_SECONDS = 20
/** So that clips of some minutes are cut: in most rounds their picture, in others their sound as well, into many parts. */
const slownessOf = (seed: number): number => (seed % 4 === 0 ? 8 : 5)

/**
 * A busy machine plays slower, or all faults would be over before the work has begun: a stack takes about so long to start on two idle
 * processors (run, November 2026).
 */
const START_SECONDS = 5
const MOST_SLOWNESS = 3

/**
 * Plays a round on a stack of its own: tasks and faults as planned, then the dust settles, then all is checked. `onDone` is called while
 * the stack still runs.
 */
export const playRound = async (
  plan: RoundPlan,
  options: { users: number; instances: number },
  onDone: (stack: FaultStack, report: RoundReport) => Promise<void> = async () => undefined,
): Promise<RoundReport> => {
  const startedAt = performance.now()
  await using stack = await startFaultStack({
    instances: options.instances,
    ackDeadlineSeconds: ACK_DEADLINE_SECONDS,
    slowness: slownessOf(plan.seed),
  })
  const slowness = Math.min(MOST_SLOWNESS, Math.max(1, (performance.now() - startedAt) / 1000 / START_SECONDS))
  const clients = await Promise.all(
    Array.from({ length: options.users }, async () => patientClient(await Client.signUp(stack.webUrl))),
  )
  const clientOf = (user: number): PatientClient => {
    const client = clients[user]
    if (client === undefined) throw new Error(`there is no user ${user}`)
    return client
  }
  const faults = playFaults(stack, plan.faults, slowness)
  const breaches: string[] = []
  const played: PlayedTask[] = []
  await Promise.all(
    plan.tasks.map(async (task, index) => {
      await sleep(task.atMillis * slowness)
      try {
        played.push(await playTask(clientOf(task.user), task, `${plan.seed}-${index}`))
      } catch (error) {
        breaches.push(`the owner of task ${index} gave up: ${inspect(error)}`)
      }
    }),
  )
  const record = await faults
  stack.storage.faults.clear()
  stack.pubsub.faults.clear()

  const outcomes: Record<string, number> = {}
  breaches.push(...(await settleDust(stack, played)))
  const givenUp = await judge(stack, clientOf, played, { breaches, outcomes })
  // Nothing was lost: with the faults gone, a retry does what the first try could not.
  for (const task of givenUp) await clientOf(task.user).act(task.id, 'retry')
  if (givenUp.length > 0) {
    breaches.push(...(await settleDust(stack, played)))
    const again = await judge(stack, clientOf, givenUp, { breaches, outcomes })
    breaches.push(...again.map(({ id }) => `task ${id}: given up again, without faults`))
  }
  breaches.push(...(await checkLeftovers(stack)))
  const history = await readHistory(stack.databaseUrl)
  breaches.push(...checkHistory(history, [STRANGER]))
  const logs = await Promise.all(
    ['batch', 'web'].map((name) => readFile(join(stack.directory, `logs/${name}.log`), 'utf8')),
  )
  const log = logs.flatMap((text) => text.split('\n')).filter((line) => line !== '')
  breaches.push(...checkAttempts(history, log, stack.killed))
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const report = { breaches, faults: record, outcomes, history, seconds }
  await onDone(stack, report)
  return report
}

/** Lets all faults happen at their times; two of a kind one after the other. Resolves with what they did. */
const playFaults = async (stack: FaultStack, planned: readonly PlannedFault[], slowness: number): Promise<string[]> => {
  const record: string[] = []
  const beganAt = performance.now()
  const lanes = Map.groupBy(planned, ({ fault }) => fault.kind)
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      for (const { atMillis, fault } of lane) {
        await sleep(Math.max(0, atMillis * slowness - (performance.now() - beganAt)))
        const seconds = ((performance.now() - beganAt) / 1000).toFixed(1)
        record.push(`${seconds} s ${JSON.stringify(fault)}: ${await injectFault(stack, fault)}`)
      }
    }),
  )
  return record
}

/** Adds what is wrong with the tasks to `breaches`, counts `outcomes`, and returns those whose attempts were all hit by faults. */
const judge = async (
  { databaseUrl }: FaultStack,
  clientOf: (user: number) => PatientClient,
  played: readonly PlayedTask[],
  found: { breaches: string[]; outcomes: Record<string, number> },
): Promise<PlayedTask[]> => {
  const history = await readHistory(databaseUrl)
  const folder = await mkdtemp(join(tmpdir(), 'reelway-faults-'))
  const givenUp: PlayedTask[] = []
  try {
    for (const [user, ofUser] of Map.groupBy(played, (task) => task.user)) {
      const tasks = await clientOf(user).list()
      for (const task of ofUser) {
        const shown = tasks.find(({ id }) => id === task.id)
        const outcome = await checkOutcome(task, shown, history, folder)
        if (outcome.kind === 'given up') givenUp.push(task)
        if (outcome.kind === 'wrong') found.breaches.push(`task ${task.id} (${task.clip.video}): ${outcome.what}`)
        const key = outcome.kind === 'right' ? (shown?.error?.code ?? shown?.status ?? 'deleted') : outcome.kind
        found.outcomes[key] = (found.outcomes[key] ?? 0) + 1
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return givenUp
}
