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

const trim = z
  .strictObject({
    startSeconds: seconds.min(0, 'A video begins at 0 s.').default(0),
    durationSeconds: seconds.positive('Use more than 0 s.').optional().describe('how long; or give endSeconds'),
    endSeconds: seconds
      .positive('Use more than 0 s.')
      .optional()
      .describe('an end beyond that of the video is its end'),
    atKeyframes: z
      .boolean()
      .default(false)
      .describe('whether it may begin at the key frame before startSeconds, so that nothing has to be encoded anew'),
  })
  .refine(({ durationSeconds, endSeconds }) => durationSeconds === undefined || endSeconds === undefined, {
    error: 'Give either durationSeconds or endSeconds.',
    path: ['endSeconds'],
  })
  .refine(({ startSeconds, endSeconds }) => endSeconds === undefined || endSeconds > startSeconds, {
    error: 'The end must be after the start.',
    path: ['endSeconds'],
  })
  .describe('Which part of the video is used, to the frame. Times count from its first frame or sound.')

const crop = z
  .strictObject({
    x: z.int().min(0, 'Use 0 or more.'),
    y: z.int().min(0, 'Use 0 or more.'),
    width: z.int().min(2, 'Use at least 2 pixels.'),
    height: z.int().min(2, 'Use at least 2 pixels.'),
  })
  .describe(
    'The rectangle of the picture that is used, in pixels of the picture as it is seen: upright, with square pixels, after rotate and flip.',
  )

// 36,864 macroblocks: the largest frames of H.264's level 5.2, which telephones and televisions play (ITU-T H.264, table A-1).
const MOST_PIXELS = 9_437_184

const COLOUR = 'Give a colour such as #000000, or "blur".'

const fit = z
  .strictObject({
    mode: z
      .enum(['contain', 'cover', 'stretch', 'none'], 'Choose contain, cover, stretch or none.')
      .default('contain')
      .describe(
        'contain: all of it is seen, with bars; cover: all of the result is filled, and what sticks out is cut off; stretch: its shape is changed; none: its size is not changed',
      ),
    width: evenSide,
    height: evenSide,
    align: z.enum(alignments, `Choose one of ${alignments.join(', ')}.`).default('centre'),
    background: z
      .union([z.literal('blur'), z.string().regex(/^#[0-9a-fA-F]{6}$/, COLOUR)], COLOUR)
      .default('#000000')
      .describe('what bars are filled with: a colour as #rrggbb, or the picture itself, enlarged and blurred'),
  })
  .refine(({ width, height }) => width * height <= MOST_PIXELS, {
    error: `Use at most ${MOST_PIXELS} pixels in all, for example 4096x2304.`,
    path: ['height'],
  })
  .describe("The size of the result, which takes the place of the preset's, and how the picture is brought into it.")

const loudness = z
  .strictObject({
    integratedLufs: z
      .number()
      .min(-31, 'Use -31 to -8 LUFS.')
      .max(-8, 'Use -31 to -8 LUFS.')
      .default(-16)
      .describe('-14 is common on the web, -16 for speech, -23 in European broadcasting (EBU R128)'),
    truePeakDb: z
      .number()
      .min(-9, 'Use -9 to 0 dBTP.')
      .max(0, 'Use -9 to 0 dBTP.')
      .default(-1.5)
      .describe('the highest true peak'),
  })
  .describe('How loud the whole result is, by EBU R128.')

const bookend = z.strictObject({
  asset: asset.describe('the id of a picture or clip of yours'),
  seconds: seconds
    .min(0.1, 'Use at least 0.1 s.')
    .max(60, 'Use at most 60 s.')
    .optional()
    .describe('how long a picture is shown; a clip has its own length, of which at most this is shown'),
})

const watermark = z
  .strictObject({
    asset: asset.describe('the id of a picture of yours'),
    position: z.enum(alignments, `Choose one of ${alignments.join(', ')}.`).default('bottom-right'),
    opacity: z
      .number()
      .gt(0, 'Use more than 0.')
      .max(1, 'Use at most 1.')
      .default(1)
      .describe('0 is invisible, 1 hides what is under it'),
    size: z
      .number()
      .min(0.01, 'Use at least 0.01.')
      .max(1, 'Use at most 1.')
      .default(0.15)
      .describe("its width as a share of the result's"),
    margin: z
      .number()
      .min(0, 'Use 0 or more.')
      .max(0.5, 'Use at most 0.5.')
      .default(0.03)
      .describe("its distance from the edge as a share of the result's shorter side"),
  })
  .describe('A picture of yours on top of the video.')

/** What a user may ask for beside the preset. What is left out is as the preset has it. The descriptions are shown to users. */
export const taskOptions = z
  .strictObject({
    trim: trim.optional(),
    rotate: z
      .union([z.literal(90), z.literal(180), z.literal(270)], 'Choose 90, 180 or 270.')
      .optional()
      .describe('Degrees clockwise, on top of what the file itself says.'),
    flip: z
      .enum(['horizontal', 'vertical'], 'Choose horizontal or vertical.')
      .optional()
      .describe('horizontal: left and right change places; vertical: top and bottom. After rotate.'),
    crop: crop.optional(),
    fit: fit.optional(),
    maxFrameRate: z
      .int()
      .min(1, 'Use at least 1.')
      .max(240, 'Use at most 240.')
      .optional()
      .describe("Frames a second at most; the preset's own limit is never exceeded."),
    quality: z
      .enum(qualities, `Choose one of ${qualities.join(', ')}.`)
      .optional()
      .describe('From the smallest file to the best picture; without it, standard.'),
    mute: z.boolean().optional().describe('Whether the sound is left out.'),
    loudness: loudness.optional(),
    intro: bookend.optional().describe('A picture or clip of yours before the video.'),
    outro: bookend.optional().describe('A picture or clip of yours after the video.'),
    watermark: watermark.optional(),
    metadata: z
      .enum(['strip', 'keep', 'keep-location'], 'Choose strip, keep or keep-location.')
      .optional()
      .describe(
        'strip: nothing of what the file says about itself is kept; keep: title, date and camera, of sound alone also artist, album, track, genre and cover, but not where; keep-location: all. Without it, strip.',
      ),
  })
  .meta({ id: 'TaskOptions' })

export type TaskOptions = z.infer<typeof taskOptions>
export type OptionName = keyof TaskOptions
export const optionNames = Object.keys(taskOptions.shape) as [OptionName, ...OptionName[]]

/** What every preset of videos and streams accepts: each option that both graphs, whole and in parts, know. */
export const videoOptions: readonly OptionName[] = [
  'rotate',
  'flip',
  'crop',
  'fit',
  'maxFrameRate',
  'trim',
  'quality',
  'intro',
  'outro',
  'watermark',
  'metadata',
  'mute',
  'loudness',
]

/** What presets accept that make a silent moving picture: what concerns the picture alone. */
const SILENT: ReadonlySet<OptionName> = new Set([
  'trim',
  'rotate',
  'flip',
  'crop',
  'fit',
  'maxFrameRate',
  'quality',
  'intro',
  'outro',
  'watermark',
])

export const animationOptions: readonly OptionName[] = videoOptions.filter((name) => SILENT.has(name))

/** What means nothing for one picture. */
const MOVING: ReadonlySet<OptionName> = new Set(['maxFrameRate', 'intro', 'outro'])

/** What presets accept that make one picture. */
export const stillOptions: readonly OptionName[] = animationOptions.filter((name) => !MOVING.has(name))

/** What every preset of sound alone accepts. */
export const soundOptions: readonly OptionName[] = ['trim', 'metadata', 'loudness']
