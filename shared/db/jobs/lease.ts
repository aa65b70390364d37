/** The right to work on a job until it expires: whoever holds the token may write, nobody else. */
export type Lease = { jobId: string; taskId: string; token: string; attempts: number }

/**
 * How long a lease lives without a renewal. Its holder renews it every second (batch/lease.ts), so only a holder that died or
 * stood still for so long loses it. Shorter would lose leases to a pause of the machine, longer would keep the owner of a
 * video waiting.
 */
export const LEASE_SECONDS = 30

/**
 * A job is given up after this many attempts, however they ended. The subscription's dead-letter policy has the same number;
 * this one is kept by us because Pub/Sub's counter starts anew when a job is published again.
 */
export const MAX_ATTEMPTS = 5
