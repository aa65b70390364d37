/** A piece of a result: bytes that are made, or so many of the next bytes of the samples of the picture or of the sound. */
export type Step =
  | { kind: 'literal'; bytes: Buffer }
  | { kind: 'picture'; sizeBytes: number }
  | { kind: 'sound'; sizeBytes: number }

/** A whole result, whose size is known before the first byte of it is made. */
export type Layout = { sizeBytes: number; steps: () => Iterable<Step> }

/** The numbers of the tracks of every result. */
export const PICTURE_TRACK_ID = 1
export const SOUND_TRACK_ID = 2
