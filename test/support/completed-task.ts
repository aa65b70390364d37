import { randomUUID } from 'node:crypto'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { newTask } from './rows.ts'
import type { TestWeb } from './web.ts'

/** A completed task of a user whose result, `bytes`, is in the storage. */
export const completedTask = async (
  web: TestWeb,
  userId: string,
  result: { fileName: string; bytes: Buffer; extension?: string; contentType?: string },
): Promise<{ id: string; objectName: string }> => {
  const { fileName, bytes, extension = 'mp4', contentType = 'video/mp4' } = result
  const { id } = await newTask(web.db, userId, { status: 'completed', progress: 1, sourceGeneration: '1', fileName })
  const objectName = outputObjectName(id, randomUUID(), `league.${extension}`)
  await web.deps.outputs.file(objectName).save(bytes, { contentType: 'application/octet-stream' })
  const [{ generation, crc32c }] = await web.deps.outputs.file(objectName).getMetadata()
  await web.db
    .insertInto('outputs')
    .values({
      taskId: id,
      name: 'video',
      objectName,
      generation: String(generation),
      contentType,
      sizeBytes: bytes.length,
      crc32c: crc32c ?? '',
      width: 640,
      height: 360,
      durationSeconds: 20,
      encoder: 'test',
    })
    .execute()
  return { id, objectName }
}
