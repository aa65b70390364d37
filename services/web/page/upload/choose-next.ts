/** How many files are sent at the same time: more share the same line, and each would take longer. */
const AT_ONCE = 2

/** Which of the waiting uploads may begin, by their ids, in their order, while those that are `sending` go on. */
export const chooseNext = <Id>(waiting: readonly Id[], sending: number): Id[] =>
  waiting.slice(0, Math.max(0, AT_ONCE - sending))
