import { type Client, uploadFile } from '../support/client.ts'

/** From "the upload is finished" to "the result is ready", in seconds. Throws when the task does not complete. */
export const secondsToResult = async (client: Client, path: string, preset: string): Promise<number> => {
  const { task, upload } = await client.createTask(path, { preset })
  await uploadFile(upload, path)
  const startedAt = performance.now()
  await client.uploaded(task.id)
  const settled = await client.settled(task.id)
  if (settled.status !== 'completed') throw new Error(`the task is ${settled.status}: ${settled.error?.message}`)
  return (performance.now() - startedAt) / 1000
}
