import { z } from 'zod'

const file = z.strictObject({
  /** of its output, and of its playlist */
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** as RFC 6381 has it */
  codec: z.string(),
  initBytes: z.int().positive(),
  /** one after the other: the size of each in bytes, and how long it plays, in seconds */
  segments: z.array(z.tuple([z.int().positive(), z.number().positive()])).min(1),
})

/**
 * What the playlists of a stream are made of, kept as an object beside its files: which bytes of them are its segments.
 * `video` is in the order in which a player is told of the sizes: it begins with the first.
 */
export const streamIndex = z.strictObject({
  frameRate: z.number().positive(),
  video: z.array(file.extend({ width: z.int().positive(), height: z.int().positive() })).min(1),
  sound: file.nullable(),
})

export type StreamIndex = z.infer<typeof streamIndex>
