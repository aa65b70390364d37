import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const folder = fileURLToPath(new URL('quick-gcloud', import.meta.url))

let starting: Promise<Record<string, string>> | undefined

/**
 * Variables of a process whose `gcloud` answers in a third of the time, for it is forked from one that has done its imports
 * (quick-gcloud/serve.py): the tests make hundreds of calls. It is the installed gcloud all the same. Only PATH, where that cannot
 * be done: without Linux or gcloud, or if REELWAY_TEST_PLAIN_GCLOUD is set.
 */
export const quickGcloud = (): Promise<Record<string, string>> => {
  starting ??= start()
  return starting
}

const start = async (): Promise<Record<string, string>> => {
  const { PATH = '' } = process.env
  const isInstalled = PATH.split(delimiter).some((place) => existsSync(join(place, 'gcloud')))
  if (process.platform !== 'linux' || !isInstalled || process.env.REELWAY_TEST_PLAIN_GCLOUD !== undefined)
    return { PATH }
  const format = 'value[separator="\n"](installation.sdk_root,basic.python_location)'
  const { stdout } = await promisify(execFile)('gcloud', ['info', `--format=${format}`])
  const [root = '', python = ''] = stdout.split('\n')
  const socket = `reelway-gcloud-${randomUUID()}`
  // It ends when its input does, that is, with this process at the latest.
  const server = spawn(python, ['-S', join(folder, 'serve.py'), root, socket], {
    env: { PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(server.stdout, 'data')
  server.stdout.destroy()
  server.unref()
  if ('unref' in server.stdin && typeof server.stdin.unref === 'function') server.stdin.unref()
  return { PATH: `${folder}${delimiter}${PATH}`, QUICK_GCLOUD_SOCKET: socket, QUICK_GCLOUD_PYTHON: python }
}
