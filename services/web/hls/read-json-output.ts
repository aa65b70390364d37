import type { OutputRow } from '@reelway/shared/db/tasks/task-row.ts'
import { answered } from '@reelway/shared/storage/answered.ts'
import type { Dependencies } from '../dependencies.ts'

/** What an output of a stream that is JSON says. Throws what the storage throws. */
export const readJsonOutput = async (
  { outputs }: Dependencies,
  { objectName, generation }: OutputRow,
): Promise<unknown> => {
  const [bytes] = await answered(outputs.file(objectName, { generation }).download())
  return JSON.parse(bytes.toString('utf8'))
}
