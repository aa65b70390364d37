import { soundOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The sound for everybody. */
export const m4a = {
  name: 'm4a',
  title: 'M4A, sound alone',
  description:
    'The sound of a video or a recording in AAC. Plays on every phone, computer and car, and in every browser.',
  container: { format: 'm4a', extension: 'm4a', contentType: 'audio/mp4' },
  video: null,
  canvas: null,
  frameRate: null,
  bookends: null,
  still: null,
  audio: {
    codec: 'aac',
    // For each channel. ffmpeg's own encoder has no variable rate that it recommends; at 64 kb/s a channel stereo is hard to tell
    // from its source, and at 40 (80 in stereo) speech still is good.
    bitsPerSecondPerChannel: { smallest: 40_000, small: 48_000, standard: 64_000, high: 96_000, best: 128_000 },
    sampleRatesHz: [44_100, 48_000],
    layouts: ['mono', 'stereo'],
  },
  accepts: [...soundOptions, 'quality'],
  maxDurationSeconds: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, two minutes of noise from an mp3.
  cost: { secondsPerSecond: 0.028 },
} as const satisfies Preset
