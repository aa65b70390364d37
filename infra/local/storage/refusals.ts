import { Refusal } from './refusal.ts'

// The refusals that more than one operation needs. Codes and statuses: Cloud Storage docs, "HTTP status and error
// codes" for XML and for JSON; texts as the service has been seen to send them.

/** 404 for an object that is not there (or not in that generation). */
export const noSuchObject = (bucket: string, name: string): Refusal =>
  new Refusal({
    status: 404,
    code: 'NoSuchKey',
    reason: 'notFound',
    message: `No such object: ${bucket}/${name}`,
    details: `No such object: ${bucket}/${name}`,
  })

/** 404 for a bucket that does not exist. */
export const noSuchBucket = (): Refusal =>
  new Refusal({
    status: 404,
    code: 'NoSuchBucket',
    reason: 'notFound',
    message: 'The specified bucket does not exist.',
  })

/** 412 for a generation or metageneration condition that does not hold. */
export const preconditionFailed = (): Refusal =>
  new Refusal({
    status: 412,
    code: 'PreconditionFailed',
    reason: 'conditionNotMet',
    message: 'At least one of the pre-conditions you specified did not hold.',
  })

/** 400 for an argument that cannot be understood. */
export const invalidArgument = (details: string): Refusal =>
  new Refusal({ status: 400, code: 'InvalidArgument', reason: 'invalid', message: 'Invalid argument.', details })

/** 400 for a body whose checksum is not the one that came with it. */
export const badDigest = (details: string): Refusal =>
  new Refusal({
    status: 400,
    code: 'BadDigest',
    reason: 'invalid',
    message: 'The Content-MD5 or checksum value that you specified did not match what the server received.',
    details,
  })

/** 400 for a body that is over the signed x-goog-content-length-range. Text: as seen from the service. */
export const entityTooLarge = (): Refusal =>
  new Refusal({
    status: 400,
    code: 'EntityTooLarge',
    reason: 'uploadTooLarge',
    message: 'Your proposed upload is larger than the maximum object size specified in your Policy Document.',
    details: 'Content-length exceeds upper bound on range',
  })

/** 400 for a body that is under the signed x-goog-content-length-range. */
export const entityTooSmall = (): Refusal =>
  new Refusal({
    status: 400,
    code: 'EntityTooSmall',
    reason: 'invalid',
    message: 'Your proposed upload is smaller than the minimum object size specified in your Policy Document.',
    details: 'Content-length smaller than lower bound on range',
  })

/** 416 for a Range of which the object has no byte. */
export const rangeNotSatisfiable = (): Refusal =>
  new Refusal({
    status: 416,
    code: 'InvalidRange',
    reason: 'requestedRangeNotSatisfiable',
    message: 'The requested range cannot be satisfied.',
  })

/** 405 for a method that the path does not know. */
export const methodNotAllowed = (): Refusal =>
  new Refusal({
    status: 405,
    code: 'MethodNotAllowed',
    reason: 'methodNotAllowed',
    message: 'The specified method is not allowed against this resource.',
  })
