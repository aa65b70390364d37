import { assetTexts } from './en/assets.ts'
import { optionTexts } from './en/options.ts'
import { playerTexts } from './en/player.ts'
import { sessionTexts } from './en/session.ts'
import { shellTexts } from './en/shell.ts'
import { taskTexts } from './en/tasks.ts'
import { uploadTexts } from './en/uploads.ts'
import type { Text } from './text.ts'

/** Every text of the page in English: the others have the same keys. Each area keeps its texts in a file of its own. */
export const en = {
  ...shellTexts,
  ...sessionTexts,
  ...taskTexts,
  ...assetTexts,
  ...optionTexts,
  ...playerTexts,
  ...uploadTexts,
} as const satisfies Record<string, Text>
