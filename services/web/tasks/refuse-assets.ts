import type { AssetFault } from '@reelway/shared/db/assets/lock-named.ts'
import { InvalidInput } from '@reelway/shared/errors/invalid-input.ts'

/** The answer to a task whose options name assets that they cannot use, with a pointer to each. */
export const refuseAssets = (faults: readonly AssetFault[]): InvalidInput =>
  new InvalidInput(
    faults.map(({ option, fault }) => ({ pointer: `/options/${option}/asset`, detail: sentenceOf(fault) })),
  )

const sentenceOf = (fault: AssetFault['fault']): string => {
  switch (fault) {
    case 'unknown':
      return 'You have no asset with this id. GET /api/assets lists yours.'
    case 'not-ready':
      return 'Its upload has not arrived. Upload the file and call POST /api/assets/:id/uploaded first.'
    case 'wrong-kind':
      return 'It is a clip. Choose a picture.'
    default:
      return fault satisfies never
  }
}
