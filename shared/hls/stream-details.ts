import { z } from 'zod'

/** Tells the object of the details of a stream from its results, among its outputs. */
export const STREAM_DETAILS_TYPE = 'application/vnd.reelway.stream-details+json'

/**
 * What the playlists of a stream say beyond its index, kept as an object of its own: streams of older releases have none, and the web of
 * an older release does not know it. What a newer one adds is left out.
 */
export const streamDetails = z.object({
  /** what the source said of itself, if that was to be kept */
  title: z.string().nullable(),
  /** of the sound: ISO 639-2, three letters */
  soundLanguage: z.string().nullable(),
  /** by the names of the files of the picture: the first byte and the size of each key frame, and how long it is until the next, in seconds */
  keyFrames: z.record(z.string(), z.array(z.tuple([z.int().positive(), z.int().positive(), z.number().positive()]))),
})

export type StreamDetails = z.infer<typeof streamDetails>
