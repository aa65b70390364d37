import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { status as grpcStatus } from '@grpc/grpc-js'
import type { ServiceProcess } from '@reelway/local/service-process.ts'
import type { Fault } from './draw-fault.ts'
import type { FaultStack } from './fault-stack.ts'
import { killDatabase } from './kill-database.ts'
import { withDatabase } from './with-database.ts'

const WEB_PATIENCE_MILLIS = 60_000

/** Lets one fault happen, and waits until what it stopped goes on again. Returns what was done, for the record. */
export const injectFault = async (stack: FaultStack, fault: Fault): Promise<string> => {
  switch (fault.kind) {
    case 'kill batch':
    case 'stop batch': {
      const batch = chooseBatch(stack, fault.which)
      if (batch === undefined) return 'no instance ran'
      if (fault.kind === 'kill batch') stack.killed.add(batch.process.name)
      kill(batch, fault.kind === 'kill batch' ? 'SIGKILL' : 'SIGTERM')
      await batch.process.ended
      const taken = fault.kind === 'kill batch' && fault.leaseEnds ? await endLeases(stack, batch) : 0
      return `${batch.process.name} ended, ${taken} leases with it`
    }
    case 'kill web':
      kill(stack.web, 'SIGKILL')
      await stack.web.process.ended
      await untilStarted(() => stack.restartWeb())
      return 'web was started anew'
    case 'kill database':
      await killDatabase(stack)
      return 'PostgreSQL was started anew'
    case 'pause holder':
      return await pauseHolder(stack, fault)
    case 'fill disk':
      return await fillDisk(stack, fault)
    case 'deliveries': {
      const { what, subscription, count, millis } = fault
      const rule = { subscription, count }
      const { faults } = stack.pubsub
      if (what === 'drop') faults.dropDeliveries(rule)
      else if (what === 'delay') faults.delayDeliveries({ ...rule, delayMs: millis })
      else if (what === 'duplicate') faults.duplicateDeliveries(rule)
      else if (what === 'reorder') faults.reorderDeliveries({ ...rule, waitAtMostMs: millis })
      else faults.cutDeliveries({ ...rule, afterMs: millis })
      return 'lies in wait'
    }
    case 'publish fails':
      stack.pubsub.faults.publishFails({ ...fault, topic: 'jobs', code: grpcStatus.PERMISSION_DENIED })
      return 'lies in wait'
    case 'storage':
      stack.storage.faults.add({ match: { api: fault.api }, times: fault.times, action: fault.action })
      return 'lies in wait'
    default:
      return fault satisfies never
  }
}

const chooseBatch = (stack: FaultStack, which: number): ServiceProcess | undefined => {
  const running = stack.batches()
  return running[which % Math.max(1, running.length)]
}

// It may have ended by itself, or by another fault, a moment ago.
const kill = ({ pid }: ServiceProcess, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** Who holds which job: the process that was given its lease. */
const HOLDERS = `select distinct jobs.id, writer from jobs join history.changes on after->>'lease_token' = lease_token::text
  where "table" = 'jobs' and status = 'running' and after->>'status' = 'running' and before->>'lease_token' is distinct from after->>'lease_token'`

/** Moves the ends of the leases of one process into the past. Returns how many there were. */
export const endLeases = (stack: FaultStack, { process: { name } }: ServiceProcess): Promise<number> =>
  withDatabase(stack.databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      `update jobs set lease_expires_at = now() - interval '1 s'
       where status = 'running' and id in (select id from (${HOLDERS}) as holders where writer = $1)`,
      [name],
    )
    return rowCount ?? 0
  })

/** One of the processes that hold a lease now, or else any. */
const chooseHolder = async (stack: FaultStack, which: number): Promise<ServiceProcess | undefined> => {
  const names = await withDatabase(stack.databaseUrl, async (client) => {
    const { rows } = await client.query<{ writer: string }>(HOLDERS)
    return rows.map(({ writer }) => writer)
  })
  const holders = stack.batches().filter(({ process: { name } }) => names.includes(name))
  return holders[which % Math.max(1, holders.length)] ?? chooseBatch(stack, which)
}

/** The holder of a lease stands still while its lease ends, and goes on when another may hold it. */
const pauseHolder = async (
  stack: FaultStack,
  { which, forMillis }: { which: number; forMillis: number },
): Promise<string> => {
  const batch = await chooseHolder(stack, which)
  if (batch === undefined || !kill(batch, 'SIGSTOP')) return 'no instance ran'
  try {
    // A statement that it had sent before must not renew what is ended here.
    await sleep(100)
    const ended = await endLeases(stack, batch)
    if (ended > 0) await sleep(forMillis)
    return `${batch.process.name} stood still, and lost ${ended} leases`
  } finally {
    kill(batch, 'SIGCONT')
  }
}

const fillDisk = async (
  stack: FaultStack,
  { which, forMillis }: { which: number; forMillis: number },
): Promise<string> => {
  if (!stack.hasSmallDisks) return 'skipped: this machine lets nobody mount a small disk'
  const batch = chooseBatch(stack, which)
  if (batch === undefined) return 'no instance ran'
  const path = join(diskOf(stack, batch), 'filler')
  try {
    const bytes = await writeUntilFull(path)
    await sleep(forMillis)
    return `${bytes} bytes filled the disk of ${batch.process.name}`
  } catch (error) {
    // Another fault ended it meanwhile, and its disk with it.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return `${batch.process.name} has ended`
    throw error
  } finally {
    await rm(path, { force: true })
  }
}

/** The work folder of an instance, as that sees it: its disk is mounted for itself alone. */
export const diskOf = ({ directory }: FaultStack, { pid, process: { name } }: ServiceProcess): string =>
  `/proc/${pid}/root${join(directory, 'work', name.replace('batch-', ''))}`

const writeUntilFull = async (path: string): Promise<number> => {
  await using file = await open(path, 'w')
  const block = Buffer.alloc(64 * 1024)
  let written = 0
  try {
    for (;;) written += (await file.write(block)).bytesWritten
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return written
    throw error
  }
}

const untilStarted = async (start: () => Promise<void>): Promise<void> => {
  const deadline = Date.now() + WEB_PATIENCE_MILLIS
  for (;;) {
    try {
      return await start()
    } catch (error) {
      // Its database may be away at this moment.
      if (Date.now() > deadline) throw error
      await sleep(300)
    }
  }
}
