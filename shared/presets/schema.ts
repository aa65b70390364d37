import { z } from 'zod'
import { optionNames, qualities } from '../options/task-options.ts'

/** H.264 by libx264: `speed` is its preset name, `crf` its constant quality (lower is better and larger). */
const h264 = z.strictObject({
  codec: z.literal('h264'),
  speed: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow']),
  crf: z.int().min(0).max(51),
  pixelFormat: z.literal('yuv420p'),
  keyframeSeconds: z.number().positive(),
})

/** HEVC by libx265: `speed` and `crf` as x265 has them; its crf is about 5 above that of H.264 for the same quality. */
const hevc = z.strictObject({
  codec: z.literal('hevc'),
  speed: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium']),
  crf: z.int().min(0).max(51),
  pixelFormat: z.literal('yuv420p'),
  keyframeSeconds: z.number().positive(),
})

/** AV1 by SVT-AV1: `effort` is its preset (higher is faster), `crf` how good it is. */
const av1 = z.strictObject({
  codec: z.literal('av1'),
  effort: z.int().min(2).max(12),
  crf: z.int().min(1).max(63),
  pixelFormat: z.literal('yuv420p'),
  keyframeSeconds: z.number().positive(),
})

/** VP9 by libvpx: `deadline` and `effort` (its cpu-used, higher is faster) say how long it may search, `crf` how good it is. */
const vp9 = z.strictObject({
  codec: z.literal('vp9'),
  deadline: z.enum(['good', 'realtime']),
  effort: z.int().min(0).max(8),
  crf: z.int().min(0).max(63),
  pixelFormat: z.literal('yuv420p'),
  keyframeSeconds: z.number().positive(),
})

/** GIF: one palette of so many colours for all of its frames. */
const gif = z.strictObject({
  codec: z.literal('gif'),
  colours: z.int().min(2).max(256),
  /** How colours that the palette lacks are made up of those that it has: ordered patterns stay still, errors passed on look finer. */
  dither: z.enum(['none', 'ordered', 'error-diffusion']),
  /** Of the picture before it gets its palette. */
  pixelFormat: z.literal('yuv444p'),
})

/** Animated WebP by libwebp: `quality` is its own scale (100 is best), `effort` how long it searches (0 to 6). */
const webp = z.strictObject({
  codec: z.literal('webp'),
  quality: z.int().min(0).max(100),
  effort: z.int().min(0).max(6),
  pixelFormat: z.literal('yuv444p'),
})

/** JPEG: `scale` is its quantiser (2 is best, 31 smallest). */
const jpeg = z.strictObject({
  codec: z.literal('mjpeg'),
  scale: z.int().min(2).max(31),
  pixelFormat: z.literal('yuv420p'),
})

const audio = z.strictObject({
  codec: z.enum(['aac', 'opus']),
  bitsPerSecond: z.int().positive(),
  sampleRateHz: z.literal(48000),
  channels: z.literal(2),
  /** A source without sound gives a result with a silent track, or one with no sound track at all. */
  withoutSound: z.enum(['silence', 'no-track']),
})
/** By the number of channels, from one to eight. */
export const soundLayouts = ['mono', 'stereo', '5.1', '7.1'] as const

const canvas = z.discriminatedUnion('kind', [
  /** Every result has this size; the picture is fitted into it whole and centred, the rest is the background. */
  z.strictObject({
    kind: z.literal('fixed'),
    width: z.int().positive().multipleOf(2),
    height: z.int().positive().multipleOf(2),
    fit: z.literal('contain'),
    background: z.literal('black'),
  }),
  /** The result keeps the shape of the source and is made smaller, never larger, until both sides are within these. */
  z.strictObject({
    kind: z.literal('bounded'),
    maxShortSide: z.int().positive().multipleOf(2),
    maxLongSide: z.int().positive().multipleOf(2),
  }),
])

/** One size of a ladder: within these sides, and never more bits a second than this for longer than a second. */
const rung = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+$/),
  maxShortSide: z.int().positive().multipleOf(2),
  maxLongSide: z.int().positive().multipleOf(2),
  maxBitsPerSecond: z.int().positive(),
})

/** The rates and channels that a sound may keep: the source's own, else the next above it, else the most there is. */
const soundShape = {
  sampleRatesHz: z.array(z.int().positive()).min(1),
  layouts: z.array(z.enum(soundLayouts)).min(1),
}

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const extension = z.string().regex(/^[a-z0-9]+$/)
const accepts = z.array(z.enum(optionNames))

/** What a result with a picture is. */
export const videoPreset = z.strictObject({
  name,
  /** Plain English for people who choose: GET /api/presets shows both. */
  title: z.string().min(1),
  description: z.string().min(1),
  container: z.strictObject({
    format: z.enum(['mp4', 'webm', 'gif', 'webp', 'jpeg', 'hls']),
    extension,
    contentType: z.string().regex(/^(video|image|application)\/[a-z0-9.]+$/),
  }),
  video: z.discriminatedUnion('codec', [h264, hevc, vp9, av1, gif, webp, jpeg]),
  canvas,
  /** The result has the rate of the source, rounded to a standard rate between these two. */
  frameRate: z.strictObject({ minPerSecond: z.int().positive(), maxPerSecond: z.int().positive() }),
  /** Null: the result never has sound. */
  audio: audio.nullable(),
  /**
   * A source that already is what this makes is copied instead of encoded anew, unless it takes many more bits: `bitsPerSecond`
   * of 1280x720 at 30 frames a second, and of others in proportion to their pixels a second to the power of 0.75. Absent:
   * everything is encoded.
   */
  copy: z.strictObject({ bitsPerSecond: z.int().positive() }).optional(),
  /** What a task of it may ask for beside it. */
  accepts,
  /** Our logo picture, for so long before and after the video, or null for none. */
  bookends: z.strictObject({ beforeSeconds: z.number().positive(), afterSeconds: z.number().positive() }).nullable(),
  /** Only the first so many seconds of the source are used; null: all of it. */
  maxDurationSeconds: z.number().positive().nullable(),
  /**
   * The picture in several sizes, from the largest to the smallest, between which a player changes; those above the source's are left
   * out. Null: it has one.
   */
  ladder: z.array(rung).min(1).nullable(),
  /** One picture is made, chosen among so many a second of what is used of the source; null: a moving one. */
  still: z.strictObject({ choicesPerSecond: z.int().positive() }).nullable(),
  /** Whether a long video may be cut into parts that are encoded apart and joined. */
  partable: z.boolean(),
  /** Measured CPU seconds of one core for a million pixels, for the estimate that refuses videos that take too long. */
  cost: z.strictObject({
    decodeSecondsPerMegapixel: z.number().positive(),
    encodeSecondsPerMegapixel: z.number().positive(),
  }),
})

/** One value for each quality that a task may ask for. */
const byQuality = <T extends z.ZodType>(value: T) => z.record(z.enum(qualities), value)

/** Bits a second for each channel, so that mono gets half of what stereo gets. */
const bitsPerSecondPerChannel = byQuality(z.int().positive())

/** What a result of sound alone is. */
export const soundPreset = z.strictObject({
  name,
  title: z.string().min(1),
  description: z.string().min(1),
  container: z.strictObject({
    format: z.enum(['m4a', 'mp3', 'ogg', 'flac']),
    extension,
    contentType: z.string().regex(/^audio\/[a-z0-9]+$/),
  }),
  video: z.null(),
  canvas: z.null(),
  frameRate: z.null(),
  bookends: z.null(),
  still: z.null(),
  audio: z.discriminatedUnion('codec', [
    z.strictObject({ codec: z.literal('aac'), bitsPerSecondPerChannel, ...soundShape }),
    z.strictObject({ codec: z.literal('opus'), bitsPerSecondPerChannel, ...soundShape }),
    /** LAME's scale of variable bit rates: lower is better and larger. */
    z.strictObject({ codec: z.literal('mp3'), variableRate: byQuality(z.int().min(0).max(9)), ...soundShape }),
    z.strictObject({ codec: z.literal('flac'), compressionLevel: z.int().min(0).max(12), ...soundShape }),
  ]),
  accepts,
  maxDurationSeconds: z.null(),
  partable: z.literal(false),
  /** Measured CPU seconds of one core for a second of stereo, with the decoding of its source. */
  cost: z.strictObject({ secondsPerSecond: z.number().positive() }),
})

/**
 * A preset is data: what a result is, in terms of video and sound, without one ffmpeg flag. Adding one is adding a file of data
 * and its line in catalogue.ts.
 */
export const preset = z.union([videoPreset, soundPreset])

export type VideoPreset = z.infer<typeof videoPreset>
export type SoundPreset = z.infer<typeof soundPreset>
export type Preset = z.infer<typeof preset>
