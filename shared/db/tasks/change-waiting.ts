import type { Kysely, Updateable } from 'kysely'
import type { NamedAsset } from '../../options/named-assets.ts'
import { type AssetFault, lockNamedAssets } from '../assets/lock-named.ts'
import type { Database } from '../schema.ts'

/** What may change while a task waits for its upload; what is left out stays. */
export type WaitingChange = Pick<Updateable<Database['tasks']>, 'preset' | 'options' | 'announcedCrc32c'>

export type ChangedWaiting =
  | { kind: 'changed' }
  /** it is not this user's, or does not wait for an upload any more: nothing was changed */
  | { kind: 'not-waiting' }
  /** the options name assets that cannot be used: nothing was changed */
  | { kind: 'refused'; assetFaults: AssetFault[] }

/** Changes a user's task that still waits for its upload. `assets`: what the new options name. */
export const changeWaitingTask = (
  db: Kysely<Database>,
  { userId, taskId }: { userId: string; taskId: string },
  change: WaitingChange,
  assets: readonly NamedAsset[],
): Promise<ChangedWaiting> =>
  db.transaction().execute(async (trx) => {
    const assetFaults = await lockNamedAssets(trx, userId, assets)
    if (assetFaults.length > 0) return { kind: 'refused', assetFaults }
    const changed = await trx
      .updateTable('tasks')
      .set(change)
      .where('id', '=', taskId)
      .where('userId', '=', userId)
      .where('deletedAt', 'is', null)
      .where('status', '=', 'awaiting_upload')
      .returning('id')
      .executeTakeFirst()
    return { kind: changed === undefined ? 'not-waiting' : 'changed' }
  })
