import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'

/** It will never succeed: a permanent code of the catalogue, with the values its sentence needs. */
export type Refused = { kind: 'refused'; code: ErrorCode; parameters: Record<string, string | number> }

/** It may succeed another time: a transient code of the catalogue, and for the log what ffmpeg said. */
export type Failed = { kind: 'failed'; code: ErrorCode; detail: string }
