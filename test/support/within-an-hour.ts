import { setTimeout as sleep } from 'node:timers/promises'

const HOUR_MILLIS = 3_600_000
/** Longer than any of the tests that compare addresses. */
const NEEDED_MILLIS = 30_000

/** Waits for the next hour when this one is nearly over: signed addresses change with the hour, and are compared after this. */
export const withinAnHour = async (): Promise<void> => {
  const leftMillis = HOUR_MILLIS - (Date.now() % HOUR_MILLIS)
  if (leftMillis < NEEDED_MILLIS) await sleep(leftMillis)
}
