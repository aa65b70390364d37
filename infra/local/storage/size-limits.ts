import { entityTooLarge, entityTooSmall, invalidArgument } from './refusals.ts'

/** Smallest and largest size of an upload in bytes, both allowed. */
export type SizeLimits = { min: number; max: number }

/** Reads x-goog-content-length-range: "MIN,MAX" (XML API reference, request headers). Throws InvalidArgument. */
export const parseSizeLimits = (header: string | undefined): SizeLimits | undefined => {
  if (header === undefined) return undefined
  const match = /^(\d{1,15}),\s?(\d{1,15})$/.exec(header)
  if (match === null) throw invalidArgument('Invalid x-goog-content-length-range.')
  return { min: Number(match[1]), max: Number(match[2]) }
}

/** Throws EntityTooLarge or EntityTooSmall. No limits: every size is good. */
export const checkSize = (limits: SizeLimits | undefined, bytes: number): void => {
  if (limits === undefined) return
  if (bytes > limits.max) throw entityTooLarge()
  if (bytes < limits.min) throw entityTooSmall()
}
