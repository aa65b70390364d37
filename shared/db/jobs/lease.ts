/** The right to work on a job until it expires: whoever holds the token may write, nobody else. */
export type Lease = { jobId: string; taskId: string; token: string; attempts: number }

/**
 * How long a lease lives without a renewal. Renewed every LEASE_RENEWAL_SECONDS, it survives two missed renewals; a holder
 * that died is noticed after this time at the latest. Shorter would lose leases to a pause of the machine, longer would keep
 * the owner of a video waiting.
 */
export const LEASE_SECONDS = 30
export const LEASE_RENEWAL_SECONDS = 10

/**
 * A job is given up after this many attempts, however they ended. The subscription's dead-letter policy has the same number;
 * this one is kept by us because Pub/Sub's counter starts anew when a job is published again.
 */
export const MAX_ATTEMPTS = 5
