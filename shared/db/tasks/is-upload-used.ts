import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * Whether a task that is not deleted has this generation of the upload that `uploadTaskId` brought: that task itself, which may be purged
 * by now, or one that converts it again. Once false, it stays so: only of a task that is not deleted another can be made.
 */
export const isUploadUsed = async (
  db: Kysely<Database>,
  uploadTaskId: string,
  generation: string,
): Promise<boolean> => {
  const user = await db
    .selectFrom('tasks')
    .select('id')
    .where((task) => task.or([task('id', '=', uploadTaskId), task('sourceTaskId', '=', uploadTaskId)]))
    .where('sourceGeneration', '=', generation)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return user !== undefined
}
