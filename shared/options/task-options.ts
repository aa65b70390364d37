import { z } from 'zod'

/** Where a smaller thing stands on a larger one. */
export const alignments = [
  'centre',
  'top',
  'bottom',
  'left',
  'right',
  'top-left',
  'top-right',
  'bottom-left',
  'bottom-right',
] as const

/** From the smallest file to the best picture; "standard" is what the preset was measured for. */
export const qualities = ['smallest', 'small', 'standard', 'high', 'best'] as const

const seconds = z.number('Give a number of seconds.')
const evenSide = z
  .int('Give a whole number of pixels.')
  .min(16, 'Use at least 16 pixels.')
  .max(8192, 'Use at most 8192 pixels.')
  .multipleOf(2, 'Use an even number of pixels: the colour of a video has half its size.')
const asset = z.uuid('Give the id of a picture or clip of yours: POST /api/assets makes one.')

/** Which part of the source is used; times count from its first frame or sound. An end beyond the video's is the video's. */
const trim = z
  .strictObject({
    startSeconds: seconds.min(0, 'A video begins at 0 s.').default(0),
    durationSeconds: seconds.positive('Use more than 0 s.').optional(),
    endSeconds: seconds.positive('Use more than 0 s.').optional(),
    /** whether it may begin at the key frame before startSeconds, so that nothing has to be encoded anew */
    atKeyframes: z.boolean().default(false),
  })
  .refine(({ durationSeconds, endSeconds }) => durationSeconds === undefined || endSeconds === undefined, {
    error: 'Give either durationSeconds or endSeconds.',
    path: ['endSeconds'],
  })
  .refine(({ startSeconds, endSeconds }) => endSeconds === undefined || endSeconds > startSeconds, {
    error: 'The end must be after the start.',
    path: ['endSeconds'],
  })

/** A rectangle of the picture as it is seen: upright, in square pixels, after `rotate` and `flip`. Only it is used. */
const crop = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  width: z.int().min(2, 'Use at least 2 pixels.'),
  height: z.int().min(2, 'Use at least 2 pixels.'),
})

// 36,864 macroblocks: the largest frames of H.264's level 5.2, which telephones and televisions play (ITU-T H.264, table A-1).
const MOST_PIXELS = 9_437_184

/** The size of the result, which takes the place of the preset's, and how the picture is brought into it. */
const fit = z
  .strictObject({
    /**
     * contain: all of it is seen, with bars; cover: all of the result is filled, and what sticks out is cut off; stretch: its shape is changed;
     * none: its size is not changed
     */
    mode: z.enum(['contain', 'cover', 'stretch', 'none'], 'Choose contain, cover, stretch or none.').default('contain'),
    width: evenSide,
    height: evenSide,
    align: z.enum(alignments, `Choose one of ${alignments.join(', ')}.`).default('centre'),
    /** what bars are filled with: a colour as #rrggbb, or the picture itself, enlarged and blurred */
    background: z
      .union([z.literal('blur'), z.string().regex(/^#[0-9a-f]{6}$/i)], 'Give a colour such as #000000, or "blur".')
      .default('#000000'),
  })
  .refine(({ width, height }) => width * height <= MOST_PIXELS, {
    error: `Use at most ${MOST_PIXELS} pixels in all, for example 4096x2304.`,
    path: ['height'],
  })

/** EBU R128: the loudness of the whole result, and the highest true peak. */
const loudness = z.strictObject({
  /** -14 is common on the web, -16 for speech, -23 in European broadcasting (EBU R128) */
  integratedLufs: z.number().min(-31, 'Use -31 to -8 LUFS.').max(-8, 'Use -31 to -8 LUFS.').default(-16),
  truePeakDb: z.number().min(-9, 'Use -9 to 0 dBTP.').max(0, 'Use -9 to 0 dBTP.').default(-1.5),
})

/** A picture or a clip of the user's, shown before or after the video, on the same canvas. */
const bookend = z.strictObject({
  asset,
  /** how long a picture is shown; a clip has its own length, of which at most this is shown */
  seconds: seconds.min(0.1, 'Use at least 0.1 s.').max(60, 'Use at most 60 s.').optional(),
})

/** A picture of the user's on top of the video. */
const watermark = z.strictObject({
  asset,
  position: z.enum(alignments, `Choose one of ${alignments.join(', ')}.`).default('bottom-right'),
  /** 0 is invisible, 1 hides what is under it */
  opacity: z.number().gt(0, 'Use more than 0.').max(1, 'Use at most 1.').default(1),
  /** its width as a share of the result's */
  size: z.number().min(0.01, 'Use at least 0.01.').max(1, 'Use at most 1.').default(0.15),
  /** its distance from the edge as a share of the result's shorter side */
  margin: z.number().min(0).max(0.5, 'Use at most 0.5.').default(0.03),
})

/** What a user may ask for beside the preset. What is left out is as the preset has it. */
export const taskOptions = z.strictObject({
  trim: trim.optional(),
  /** degrees clockwise, on top of what the file itself says */
  rotate: z.union([z.literal(90), z.literal(180), z.literal(270)], 'Choose 90, 180 or 270.').optional(),
  /** horizontal: left and right change places; after `rotate` */
  flip: z.enum(['horizontal', 'vertical'], 'Choose horizontal or vertical.').optional(),
  crop: crop.optional(),
  fit: fit.optional(),
  /** frames a second at most: the preset's own limit is never exceeded */
  maxFrameRate: z.int().min(1, 'Use at least 1.').max(240, 'Use at most 240.').optional(),
  quality: z.enum(qualities, `Choose one of ${qualities.join(', ')}.`).optional(),
  mute: z.boolean().optional(),
  loudness: loudness.optional(),
  intro: bookend.optional(),
  outro: bookend.optional(),
  watermark: watermark.optional(),
  /** strip: nothing of what the file says about itself is kept; keep: title, date and camera, but not where; keep-location: all */
  metadata: z.enum(['strip', 'keep', 'keep-location'], 'Choose strip, keep or keep-location.').optional(),
})

export type TaskOptions = z.infer<typeof taskOptions>
export type OptionName = keyof TaskOptions
export const optionNames = Object.keys(taskOptions.shape) as [OptionName, ...OptionName[]]

/** What every preset with a moving picture accepts: each option that both graphs, whole and in parts, know. */
export const videoOptions: readonly OptionName[] = [
  'rotate',
  'flip',
  'crop',
  'fit',
  'maxFrameRate',
  'trim',
  'quality',
  'metadata',
]

/** What presets accept that make a silent moving picture: what concerns the picture alone. */
const SILENT: ReadonlySet<OptionName> = new Set(['trim', 'rotate', 'flip', 'crop', 'fit', 'maxFrameRate', 'quality'])

export const animationOptions: readonly OptionName[] = videoOptions.filter((name) => SILENT.has(name))

/** What presets accept that make one picture. */
export const stillOptions: readonly OptionName[] = animationOptions.filter((name) => name !== 'maxFrameRate')

/** What every preset of sound alone accepts. */
export const soundOptions: readonly OptionName[] = []
