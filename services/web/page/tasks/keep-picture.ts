type Signed = { readonly expiresAt: string }

/** So long before its end an address is not to be relied on: a picture may take a while, and clocks differ. */
const MARGIN_MILLIS = 60_000

/**
 * Which signed address of a picture is shown: the one that was shown before, as long as it can be used, so that a picture does not flicker
 * when a task comes again with another address for it.
 */
export const keepPicture = <Picture extends Signed>(
  before: Picture | null,
  now: Picture | null,
  nowMillis: number,
): Picture | null =>
  before !== null && now !== null && Date.parse(before.expiresAt) - MARGIN_MILLIS > nowMillis ? before : now
