import { codecRows } from './codecs.ts'
import { colourRows } from './colours.ts'
import { deviceRows } from './devices.ts'
import { fieldRows } from './fields.ts'
import { highRangeRows } from './high-range.ts'
import { soundSourceRows } from './sounds.ts'
import type { SourceRow } from './source-row.ts'
import { timeRows } from './times.ts'
import { turnedRows } from './turned.ts'

/** Every kind of video that is converted by a test, in the order of the README. */
export const sourceRows: readonly SourceRow[] = [
  ...codecRows,
  ...turnedRows,
  ...timeRows,
  ...soundSourceRows,
  ...fieldRows,
  ...colourRows,
  ...highRangeRows,
  ...deviceRows,
]
