import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Storage } from '@google-cloud/storage'
import { names } from '@reelway/local/cloud-resources.ts'
import type { TestStack } from './place.ts'

/** Waits for a condition, looking ten times a second. Throws what was waited for when it does not come. */
export const eventually = async (
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> => {
  const deadline = Date.now() + seconds * 1000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`)
    await sleep(100)
  }
}

/** The process ids of the encoders that write into the stack's work folder. */
export const encoders = async ({ directory }: Pick<TestStack, 'directory'>): Promise<number[]> => {
  const mark = join(directory, 'work')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => ((await procFile(pid, 'cmdline')).includes(`file:${mark}`) ? Number(pid) : undefined)),
  )
  return found.filter((pid) => pid !== undefined)
}

/** A value of /proc/PID/status in bytes, such as VmHWM (the most memory a process ever had); 0 when it is gone. */
export const memoryOf = async (pid: number, key: 'VmHWM' | 'VmRSS'): Promise<number> => {
  const kilobytes = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(await procFile(String(pid), 'status'))?.[1]
  return Number(kilobytes ?? 0) * 1024
}

// A process may end while we look.
const procFile = async (pid: string, file: string): Promise<string> => {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
      return ''
    throw error
  }
}

/** What lies in the work folder: nothing, unless a conversion is under way. */
export const workFiles = ({ directory }: Pick<TestStack, 'directory'>): Promise<string[]> =>
  readdir(join(directory, 'work'), { recursive: true })

/** The names of all objects in the outputs bucket, or in the uploads bucket, that belong to a task. */
export const objectsOf = async (
  { storage }: Pick<TestStack, 'storage'>,
  bucket: 'uploads' | 'outputs',
  taskId: string,
): Promise<string[]> => {
  const client = new Storage({ projectId: names.project, apiEndpoint: storage.url })
  const [files] = await client.bucket(bucket === 'uploads' ? names.uploadsBucket : names.outputsBucket).getFiles()
  return files.map(({ name }) => name).filter((name) => name.includes(taskId))
}

/**
 * The names of all results of a task in the outputs bucket, and of all posters and storyboards there that do not belong to one of these, and
 * should be gone.
 */
export const resultsOf = async (stack: Pick<TestStack, 'storage'>, taskId: string): Promise<string[]> => {
  const names = await objectsOf(stack, 'outputs', taskId)
  const [previews, results] = [names.filter(isPreview), names.filter((name) => !isPreview(name))]
  const isBeside = (preview: string) => results.some((result) => dirname(result) === dirname(dirname(preview)))
  return [...results, ...previews.filter((preview) => !isBeside(preview))]
}

const isPreview = (name: string): boolean => name.includes('/previews/')

/** The pushes of jobs since `after` began, each as its HTTP status (or how it ended without one). */
export const jobPushes = ({ pubsub }: Pick<TestStack, 'pubsub'>, after: Date): (number | string)[] =>
  pubsub.deliveries
    .recent()
    .filter(({ subscription, startedAt }) => subscription === names.jobs && startedAt >= after)
    .map(({ status, end }) => status ?? end)
