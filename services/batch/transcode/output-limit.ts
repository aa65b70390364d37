/**
 * The most that one run may leave on the disk, in bytes: ten minutes at 27 Mb/s, far more than any preset makes of a real video, or
 * twelve hours of sound without loss, and less than an instance has.
 */
export const OUTPUT_LIMIT_BYTES = 2_000_000_000
