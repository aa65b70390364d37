import type { alignments } from './task-options.ts'

type Alignment = (typeof alignments)[number]

/** Where a smaller thing stands within what is left of a larger one: 0 at its left and top, 1 at its right and bottom. */
export const placeOf = (align: Alignment): { across: number; down: number } => ({
  across: align.endsWith('left') ? 0 : align.endsWith('right') ? 1 : 0.5,
  down: align.startsWith('top') ? 0 : align.startsWith('bottom') ? 1 : 0.5,
})
