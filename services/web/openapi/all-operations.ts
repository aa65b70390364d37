import { accountOperations } from './describe-accounts.ts'
import { assetOperations } from './describe-assets.ts'
import { serviceOperations } from './describe-service.ts'
import { taskOperations } from './describe-tasks.ts'
import { uploadOperations } from './describe-uploads.ts'
import type { Operation } from './operation.ts'

/** Every route of the API by method and path, as app.ts has them: a test compares both. */
export const allOperations: Record<string, Operation> = {
  ...accountOperations,
  ...serviceOperations,
  ...taskOperations,
  ...uploadOperations,
  ...assetOperations,
}
