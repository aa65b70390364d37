import { z } from 'zod'

const id = z.string()
const time = z.coerce.date().nullable()

const job = z.object({
  id,
  task_id: id,
  kind: z.enum(['convert', 'part', 'assemble']),
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  attempts: z.number(),
  lease_token: id.nullable(),
  lease_expires_at: time,
  part_id: id.nullable(),
})
const task = z.object({
  id,
  status: z.enum(['awaiting_upload', 'queued', 'processing', 'completed', 'failed', 'cancelled', 'expired']),
  progress: z.number(),
  parts_left: z.number().nullable(),
  plan_key: id.nullable(),
  deleted_at: time,
  error_code: z.string().nullable(),
})
const part = z.object({
  id,
  task_id: id,
  plan_key: id,
  stream: z.enum(['picture', 'sound']),
  range_start: z.number(),
  range_end: z.number(),
  status: z.enum(['pending', 'done']),
  object_name: z.string().nullable(),
})
const output = z.object({ task_id: id, name: z.string(), object_name: z.string() })

const written = {
  seq: z.number(),
  transaction: z.string(),
  /** the process that wrote it: the application_name of its connection */
  writer: z.string(),
  at: z.coerce.date(),
}
const of = <Table extends string, Row extends z.ZodType>(table: Table, row: Row) =>
  z.object({ ...written, table: z.literal(table), before: row.nullable(), after: row.nullable() })

const jobChange = of('jobs', job)
const taskChange = of('tasks', task)
const partChange = of('parts', part)
const outputChange = of('outputs', output)

/** One row that was inserted (nothing before), updated, or deleted (nothing after) by a transaction that was committed. */
export const change = z.discriminatedUnion('table', [jobChange, taskChange, partChange, outputChange])

export type Change = z.infer<typeof change>
export type JobChange = z.infer<typeof jobChange>
export type TaskChange = z.infer<typeof taskChange>
export type PartChange = z.infer<typeof partChange>
export type OutputChange = z.infer<typeof outputChange>
export type PartRow = z.infer<typeof part>
