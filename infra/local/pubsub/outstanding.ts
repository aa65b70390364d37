/** Lets callers wait for a moment without deliveries. */
export type Outstanding = {
  /** Resolves as soon as nothing is left to do; at once if that is so already. */
  idle(): Promise<void>
  /** To be called after each change that may have been the last one. */
  changed(): void
}

/** @param isIdle whether nothing is outstanding or scheduled at this moment */
export const createOutstanding = (isIdle: () => boolean): Outstanding => {
  let waiting: (() => void)[] = []
  return {
    idle: () => {
      if (isIdle()) return Promise.resolve()
      return new Promise((resolve) => waiting.push(resolve))
    },
    changed: () => {
      if (waiting.length === 0 || !isIdle()) return
      const resolvers = waiting
      waiting = []
      for (const resolve of resolvers) resolve()
    },
  }
}
