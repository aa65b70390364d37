const lockName = (uploadId: string): string => `reelway-upload-${uploadId}`

/**
 * Takes an upload for this tab. A browser gives the lock back by itself when the tab ends, however it ends. undefined: another tab has it.
 * What is returned gives it back.
 */
export const holdUpload = (uploadId: string): Promise<(() => void) | undefined> =>
  new Promise((resolve, reject) => {
    const held = Promise.withResolvers<void>()
    navigator.locks
      .request(lockName(uploadId), { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(undefined)
        resolve(held.resolve)
        return held.promise
      })
      .catch(reject)
  })

/** Resolves when no other tab has the upload any more. Throws AbortError when `signal` says so. */
export const untilGivenBack = (uploadId: string, signal: AbortSignal): Promise<void> =>
  navigator.locks.request(lockName(uploadId), { signal }, async () => undefined)
