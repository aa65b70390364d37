import { alignments } from '@reelway/shared/options/task-options.ts'
import { videoPreset } from '@reelway/shared/presets/schema.ts'
import { z } from 'zod'

/** An exact ratio, for example 30000/1001 frames a second. */
export const rational = z.strictObject({ num: z.int().positive(), den: z.int().positive() })

export type Rational = z.infer<typeof rational>

const size = z.strictObject({ width: z.int().positive(), height: z.int().positive() })

export const planPart = z.strictObject({
  stream: z.enum(['picture', 'sound']),
  start: z.int().nonnegative(),
  end: z.int().positive(),
  weight: z.number().min(0).max(1),
})

export type PlanPart = z.infer<typeof planPart>

export const planTag = z.strictObject({
  name: z.enum([
    ...['title', 'creationTime', 'date', 'make', 'model'],
    ...['location', 'localTime', 'artist', 'copyright', 'description', 'comment', 'software'],
    ...['album', 'albumArtist', 'track', 'genre'],
  ] as const),
  value: z.string().min(1),
})

export type PlanTag = z.infer<typeof planTag>

/** What a result says of itself: no control characters, bounded. Times are UTC, in ISO 8601. */
export const saidMetadata = z.strictObject({
  tags: z.array(planTag),
  /** ISO 639-2, three letters */
  soundLanguage: z.string().nullable(),
})

/** What is read of a video, and what has to be done to its picture. */
const source = z.strictObject({
  /** Its family of formats, by the name of SourceFacts: how exactly it can be entered in the middle depends on it. */
  container: z.string(),
  videoIndex: z.int().nonnegative(),
  audioIndex: z.int().nonnegative().nullable(),
  /** Where picture and sound begin, in seconds from the source's start, and how many samples a second the sound has. */
  videoStartSeconds: z.number(),
  audioStartSeconds: z.number().nullable(),
  audioSampleRateHz: z.int().positive().nullable(),
  audioChannels: z.int().positive().nullable().default(null),
  /** Where the used stretch of the source begins, in seconds from its start: there its first frame and sample are. */
  fromSeconds: z.number().nonnegative().default(0),
  /** Where it ends, in seconds from the source's start, and who says so; the sound: the last frame is held until that ends. */
  endSeconds: z.number().positive(),
  endKnownFrom: z.enum(['video-stream', 'container', 'sound']),
  frameSeconds: z.number().positive(),
  /** So far it is read, in seconds from the source's start; null: up to its end. */
  readSeconds: z.number().positive().nullable(),
  /** Its times leap or return: it is read from its beginning only. */
  clockLeaps: z.boolean().default(false),
  /** Its lines are stored as fields, of two moments. */
  deinterlace: z.boolean(),
  /** These are those of film, of which every other frame was given a field more. */
  isTelecined: z.boolean().default(false),
  /** Which field comes first, when it is not what the frames themselves say. */
  fieldOrder: z.enum(['tff', 'bff']).nullable().default(null),
  /** How far clockwise its frames have been turned before the filters get them; said of fields alone, which lie in the lines as stored. */
  fieldsTurned: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
  /** Its frames as the filters get them: upright, with pixels of whatever shape. */
  uprightSize: size,
  /** Only these of them are used; null: all. */
  crop: z
    .strictObject({
      x: z.int().nonnegative(),
      y: z.int().nonnegative(),
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .nullable(),
  /** What is used of it is turned by so many degrees clockwise, and then flipped. */
  rotate: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  flip: z.enum(['horizontal', 'vertical']).nullable(),
  /** High dynamic range that must be mapped to what a normal screen shows, and how bright its brightest is, in cd/m2. */
  toneMap: z.enum(['pq', 'hlg']).nullable(),
  peakNits: z.number().positive().default(1000),
  /** The colour matrix when it differs from the BT.709 of our results; rgb: it has none. */
  convertFrom: z.enum(['bt601', 'bt2020', 'smpte240m', 'rgb']).nullable(),
  /** Which red, green and blue it is made of, when they are far from those of BT.709. */
  primaries: z.enum(['bt2020', 'p3']).nullable().default(null),
  /** What is behind it is seen through it. */
  isSeeThrough: z.boolean().default(false),
  /** Another decoder than ffmpeg's own. */
  decoder: z.enum(['libvpx', 'libvpx-vp9']).nullable().default(null),
})

const assetId = z.uuid()

/** What is shown before or after the body of the result. */
const bookend = z.discriminatedUnion('kind', [
  /** our own picture */
  z.strictObject({ kind: z.literal('logo') }),
  /** a picture of the user's: what is transparent is black */
  z.strictObject({ kind: z.literal('picture'), assetId, hasAlpha: z.boolean() }),
  /** a clip of the user's, with its sound, and the size of its picture on the canvas */
  z.strictObject({ kind: z.literal('clip'), assetId, source, picture: size }),
])

export type Bookend = z.infer<typeof bookend>

/** A picture of the user's on top of the body, in pixels of the canvas. */
const watermark = z.strictObject({
  assetId,
  ...size.shape,
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  opacity: z.number().positive().max(1),
})

const rendition = z.strictObject({
  name: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  maxBitsPerSecond: z.int().positive(),
})

export type Rendition = z.infer<typeof rendition>

/**
 * Everything one conversion to a result with a picture does (sound alone: sound-plan.ts), decided once from the facts of the source and the preset: plain data, stored as JSON with
 * the job and read back. ffmpegArgs turns it into argv; verifyOutput compares the result with it.
 */
export const encodePlan = z.strictObject({
  presetName: z.string(),
  container: videoPreset.shape.container,
  /** Whether it may be cut, and so encodes in a way that its pieces can be joined. */
  partable: z.boolean(),
  source,
  frameRate: rational,
  frames: z.strictObject({
    intro: z.int().nonnegative(),
    body: z.int().positive(),
    outro: z.int().nonnegative(),
    total: z.int().positive(),
  }),
  /** The one frame of a still picture is chosen from so many; null: every frame is kept. */
  chosenFrom: z.int().positive().nullable().default(null),
  /** The sizes that the picture is made in, the largest first; null: in that of the canvas alone. */
  renditions: z.array(rendition).min(1).nullable().default(null),
  /** The fitted picture, and the canvas it stands on (the same size when there are no bars), where, and before what. */
  picture: size,
  canvas: size,
  align: z.enum(alignments),
  /** #rrggbb, or the picture itself, blurred */
  background: z.string(),
  /** One for each of intro and outro that has frames. */
  bookends: z.strictObject({ intro: bookend.nullable(), outro: bookend.nullable() }),
  watermark: watermark.nullable(),
  video: videoPreset.shape.video,
  audio: z
    .strictObject({
      /** what is heard during the body */
      from: z.enum(['source', 'silence']),
      codec: videoPreset.shape.audio.unwrap().shape.codec,
      bitsPerSecond: z.int().positive(),
      sampleRateHz: z.int().positive(),
      /** What all of the sound is made louder by, or quieter: see plan-gain.ts. */
      gainDb: z.number().default(0),
      samples: z.strictObject({
        intro: z.int().nonnegative(),
        body: z.int().positive(),
        outro: z.int().nonnegative(),
      }),
    })
    .nullable(),
  metadata: saidMetadata,
  /**
   * The work in pieces that are encoded apart. One: the whole, picture and sound in one run. Several: ranges of frames of the
   * picture, and of packets of the sound, each from `start` up to, without, `end`. Weights are shares of the work; all make 1.
   */
  parts: z.array(planPart).min(1),
  estimateSeconds: z.number().nonnegative(),
})

export type PlanSource = z.infer<typeof source>
export type EncodePlan = z.infer<typeof encodePlan>
