import type { en } from './en.ts'
import { assetTextsEs } from './es/assets.ts'
import { optionTextsEs } from './es/options.ts'
import { playerTextsEs } from './es/player.ts'
import { sessionTextsEs } from './es/session.ts'
import { shellTextsEs } from './es/shell.ts'
import { taskTextsEs } from './es/tasks.ts'
import { uploadTextsEs } from './es/uploads.ts'
import type { Text } from './text.ts'

/** Every text of the page in Spanish, as it is understood on both sides of the Atlantic. Loaded when it is wanted. */
export const es = {
  ...shellTextsEs,
  ...sessionTextsEs,
  ...taskTextsEs,
  ...assetTextsEs,
  ...optionTextsEs,
  ...playerTextsEs,
  ...uploadTextsEs,
} as const satisfies Record<keyof typeof en, Text>
