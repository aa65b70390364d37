import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startTestStack } from '../support/stack.ts'
import { recordHistory } from './record-history.ts'
import { withDatabase } from './with-database.ts'

export type FaultStack = Awaited<ReturnType<typeof startTestStack>> & {
  /** false: the disk of an instance cannot be filled on this machine */
  hasSmallDisks: boolean
  /** the names of the processes of batch that were ended without a word */
  killed: Set<string>
}

/** Room for a few results of the clips, and small enough to be filled at once. */
const DISK_MEGABYTES = 24
/**
 * A stack for bad days: several instances of batch with small disks of their own, and a database that writes down who changed what.
 * Plans can be made to believe that this machine is slow, so that small clips are cut into parts.
 */
export const startFaultStack = async (options: {
  instances: number
  /** what takes more than a third of it is cut into parts; 10 is the smallest that Pub/Sub allows */
  ackDeadlineSeconds: number
  /** an encode takes so many times what its preset says, as far as plans are made to believe */
  slowness?: number
  batchVariables?: Record<string, string>
}): Promise<FaultStack> => {
  const mounting = await mountCommand()
  const main = (service: string) => fileURLToPath(new URL(`../../services/${service}/main.ts`, import.meta.url))
  const stack = await startTestStack({
    batchInstances: options.instances,
    // More than there are instances: some must be refused.
    conversionsAtOnce: options.instances + 2,
    push: { ackDeadlineSeconds: options.ackDeadlineSeconds, backoffSeconds: { minimum: 0.2, maximum: 1 } },
    batchVariables: { FFMPEG_THREADS: '1', ...options.batchVariables },
    commands: {
      web: [process.execPath, main('web')],
      batch: [...(mounting ?? []), process.execPath, main('batch')],
    },
  })
  try {
    await recordHistory(stack.databaseUrl)
    await makeSlow(stack.databaseUrl, options.slowness ?? 1)
  } catch (error) {
    await stack[Symbol.asyncDispose]()
    throw error
  }
  return Object.assign(stack, { hasSmallDisks: mounting !== undefined, killed: new Set<string>() })
}

/** What to put before a command so that its WORK_DIR is a small disk of its own, which is gone with its last process. */
const mountCommand = async (): Promise<string[] | undefined> => {
  const unshare = ['unshare', process.getuid?.() === 0 ? '-m' : '-rm']
  const script = `mount -t tmpfs -o size=${DISK_MEGABYTES}m reelway "$WORK_DIR" && exec "$0" "$@"`
  const [command = '', ...args] = [...unshare, 'sh', '-c', script]
  try {
    await promisify(execFile)(command, [...args, 'true'], { env: { PATH: process.env.PATH, WORK_DIR: '/mnt' } })
    return [command, ...args]
  } catch {
    return undefined
  }
}

/** What has been learned of this service's past encodes: that each takes so many times what its preset says. */
const makeSlow = (databaseUrl: string, slowness: number): Promise<void> =>
  withDatabase(databaseUrl, async (client) => {
    await client.query(`
      create function history.slow() returns trigger language plpgsql as
        'begin new.encode_seconds := new.estimate_seconds * ${slowness}; return new; end';
      create trigger slow before insert on encode_costs for each row execute function history.slow();
      insert into encode_costs (preset, estimate_seconds, encode_seconds)
        select preset, 1, 1 from unnest(array['mp4-720p', 'webm-720p']) as preset, generate_series(1, 50);
    `)
  })
