import { videoOptions } from '../options/task-options.ts'
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
    // Six seconds of a noisy 1280x720 at 30 a second, ffmpeg 5.1, November 2026: good/5 took 32.6 s of CPU at SSIM 0.9823,
    // realtime/6 7.4 s at SSIM 0.9839 for 7 % more bytes. On two cores only the second converts more than a few minutes.
    deadline: 'realtime',
    effort: 6,
    // libvpx's own scale: its guide for web video gives 32 for 720p.
    crf: 32,
    pixelFormat: 'yuv420p',
    keyframeSeconds: 4,
  },
  canvas: { kind: 'bounded', maxShortSide: 720, maxLongSide: 1280 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: { codec: 'opus', bitsPerSecond: 96_000, sampleRateHz: 48_000, channels: 2, withoutSound: 'no-track' },
  accepts: [...videoOptions],
  bookends: null,
  maxDurationSeconds: null,
  still: null,
  partable: true,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, noisy 1080p60: decode and scale 4.2 ms, encode 28 ms, and a tenth.
  cost: { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.031 },
} as const satisfies Preset
