import { readdir } from 'node:fs/promises'
import { Storage } from '@google-cloud/storage'
import { names } from '@reelway/local/cloud-resources.ts'
import { type Previews, picturesIn } from '@reelway/shared/previews.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { encoders } from '../acceptance/watch-stack.ts'
import type { FaultStack } from './fault-stack.ts'
import { diskOf } from './inject-fault.ts'
import { STRANGER, withDatabase } from './with-database.ts'

/** What is there although nothing needs it, or is missing although something does, once all has settled. */
export const checkLeftovers = async (stack: FaultStack): Promise<string[]> => [
  ...(await checkObjects(stack)),
  ...(await checkConnections(stack)),
  ...(await checkFiles(stack)),
  ...(await encoders(stack)).map((pid) => `the encoder ${pid} was left running`),
]

/** The result of each completed task with its poster and storyboard, the upload of each task that had one, and no other. */
const checkObjects = async ({ storage, databaseUrl }: FaultStack): Promise<string[]> => {
  const { outputs, uploads } = await withDatabase(databaseUrl, async (client) => {
    const outputRows = await client.query<{ name: string }>('select object_name as name from outputs')
    const previewRows = await client.query<{ previews: Previews | null }>('select previews from tasks')
    const taskRows = await client.query<{ id: string }>(
      'select coalesce(source_task_id, id) as id from tasks where source_generation is not null',
    )
    return {
      outputs: [
        ...outputRows.rows.map(({ name }) => name),
        ...previewRows.rows.flatMap(({ previews }) => picturesIn(previews).map(({ objectName }) => objectName)),
      ],
      uploads: taskRows.rows.map(({ id }) => sourceObjectName(id)),
    }
  })
  const client = new Storage({ projectId: names.project, apiEndpoint: storage.url })
  const found = async (bucket: string) => (await client.bucket(bucket).getFiles())[0].map(({ name }) => name)
  return [
    ...differences('result', outputs, await found(names.outputsBucket)),
    ...differences('upload', uploads, await found(names.uploadsBucket)),
  ]
}

const differences = (what: string, wanted: readonly string[], found: readonly string[]): string[] => [
  ...found.filter((name) => !wanted.includes(name)).map((name) => `an object is orphaned: ${name}`),
  ...wanted.filter((name) => !found.includes(name)).map((name) => `the ${what} ${name} is gone`),
]

/** As many as the pool of a service has (DB_POOL_SIZE). */
const POOL_SIZE = 4

const checkConnections = ({ databaseUrl, batches }: FaultStack): Promise<string[]> =>
  withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string; count: number; open: number }>(`
      select application_name as name, count(*)::int as count, count(*) filter (where state like 'idle in transaction%')::int as open
      from pg_stat_activity where backend_type = 'client backend' group by application_name`)
    const living = new Set([STRANGER, 'web', ...batches().map(({ process: { name } }) => name)])
    return rows.flatMap(({ name, count, open }) => [
      ...(living.has(name) ? [] : [`${count} connections of ${name}, which has ended`]),
      ...(count > POOL_SIZE ? [`${count} connections of ${name}`] : []),
      ...(open > 0 ? [`${open} transactions of ${name} were never ended`] : []),
    ])
  })

const checkFiles = async (stack: FaultStack): Promise<string[]> => {
  const found = await Promise.all(
    stack.batches().map(async (batch) => {
      const files = await readdir(diskOf(stack, batch), { recursive: true })
      return files.map((file) => `${batch.process.name} left the file ${file}`)
    }),
  )
  return found.flat()
}
