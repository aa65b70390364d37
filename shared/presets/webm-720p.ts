import type { Preset } from './schema.ts'

/** The whole video for the open web. */
export const webm720p = {
  name: 'webm-720p',
  title: 'WebM, up to 720p',
  description:
    'The whole video in VP9 and Opus, at most 1280x720 (portrait: 720x1280) and never enlarged. Smaller files than mp4 for web pages, without patents; takes longer to make.',
  container: { format: 'webm', extension: 'webm', contentType: 'video/webm' },
  video: {
    codec: 'vp9',
    // 5 is the fastest effort of libvpx's "good" deadline; the lower ones take minutes for every minute of video on two cores.
    effort: 5,
    // libvpx's own scale: its guide for web video gives 32 for 720p.
    crf: 32,
    pixelFormat: 'yuv420p',
    keyframeSeconds: 4,
  },
  canvas: { kind: 'bounded', maxShortSide: 720, maxLongSide: 1280 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: { codec: 'opus', bitsPerSecond: 96_000, sampleRateHz: 48_000, channels: 2, withoutSound: 'no-track' },
  bookends: null,
  maxDurationSeconds: null,
  partable: true,
  cost: { decodeSecondsPerMegapixel: 0.003, encodeSecondsPerMegapixel: 0.04 },
} as const satisfies Preset
