import { z } from 'zod'

/** A time in an answer: RFC 3339, in UTC, to the millisecond. */
export const timeSchema = z.iso.datetime()
