import { z } from 'zod'
import { rational } from '../ffmpeg/encode-plan.ts'

const seconds = z.number()

const coding = {
  /** by ffprobe's name */
  profile: z.string().nullable(),
  /** null when the container does not say it of this stream alone */
  bitsPerSecond: z.number().positive().nullable(),
}

/** The picture of the source, from its main video stream. */
const videoFacts = z.strictObject({
  index: z.int().nonnegative(),
  codec: z.string(),
  ...coding,
  /** H.264's level times ten; null when it is not known */
  level: z.int().nullable(),
  /** Four letters by which the container calls the codec. */
  codecTag: z.string().nullable(),
  /** As stored, before rotation. */
  codedWidth: z.int().positive(),
  codedHeight: z.int().positive(),
  /** As seen: square pixels, upright. */
  displayWidth: z.int().positive(),
  displayHeight: z.int().positive(),
  rotationDegrees: z.number(),
  sampleAspectRatio: rational,
  pixelFormat: z.string().nullable(),
  averageFrameRate: rational.nullable(),
  baseFrameRate: rational.nullable(),
  fieldOrder: z.string().nullable(),
  /** "tv" or "pc": whether black is 16 or 0; null when it is not said. */
  colourRange: z.string().nullable(),
  colourSpace: z.string().nullable(),
  colourTransfer: z.string().nullable(),
  colourPrimaries: z.string().nullable(),
  /** Of HDR: the brightest of its content, else of the screen that it was made on. */
  brightestNits: z.number().positive().nullable(),
  dolbyVision: z.strictObject({ profile: z.int(), compatibility: z.int() }).nullable(),
  /** How opaque it is, is kept in a track of its own that most decoders leave out. */
  hasAlphaTrack: z.boolean(),
  /** That its frames are made of fields, when it was looked for and seen, whatever the file says. */
  seenFields: z.strictObject({ order: z.enum(['tff', 'bff']), isTelecined: z.boolean() }).nullable(),
  /** Its times leap or return: only who reads it from its beginning knows where it is. */
  clockLeaps: z.boolean(),
  /** Begin and end on the source's own time line, whose zero is the first thing to be seen or heard. */
  startSeconds: seconds,
  endSeconds: seconds.positive(),
  /** Who says where it ends: the stream itself (or its packets), or only the container as a whole. */
  endKnownFrom: z.enum(['video-stream', 'container', 'sound']),
})

const audioFacts = z.strictObject({
  index: z.int().nonnegative(),
  codec: z.string(),
  ...coding,
  channels: z.int().positive(),
  sampleRateHz: z.int().positive(),
  /** On the same time line as the picture's. */
  startSeconds: seconds,
  /** ISO 639-2, three letters; null when it is not known */
  language: z.string().nullable(),
  endSeconds: seconds.positive(),
  /** Whether the stream itself (or its packets) says where it ends, or only the container or the picture beside it. */
  endKnownFrom: z.enum(['stream', 'container']),
  /** Of a sample that is kept without loss; null when it is not. */
  bitsPerSample: z.int().positive().nullable(),
})

/** What is known of a source before anything is decided: plain data. */
export const sourceFacts = z.strictObject({
  container: z.string(),
  durationSeconds: seconds.positive(),
  /** Null: sound alone. */
  video: videoFacts.nullable(),
  audio: audioFacts.nullable(),
  /** The first picture of a cover or the like, which is no video; null without one. */
  coverIndex: z.int().nonnegative().nullable(),
  /** What the file says of itself: untrusted text, by ffprobe's names in small letters. */
  tags: z.record(z.string(), z.string()),
})

export type SourceFacts = z.infer<typeof sourceFacts>
/** Of one that has a picture. */
export type ClipFacts = SourceFacts & { video: VideoFacts }
export type VideoFacts = z.infer<typeof videoFacts>
export type AudioFacts = z.infer<typeof audioFacts>
