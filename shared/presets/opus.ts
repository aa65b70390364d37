import { soundOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The sound in as few bytes as possible. */
export const opus = {
  name: 'opus',
  title: 'Opus, sound alone',
  description:
    'The sound of a video or a recording in Opus. The smallest files at the same quality, for browsers and phones of today.',
  container: { format: 'ogg', extension: 'opus', contentType: 'audio/ogg' },
  video: null,
  canvas: null,
  frameRate: null,
  bookends: null,
  still: null,
  audio: {
    codec: 'opus',
    // For each channel, as variable rates around it: 96 kb/s of stereo is what listening tests call transparent for most, 32 is
    // good for speech. Opus itself knows only 48 kHz.
    bitsPerSecondPerChannel: { smallest: 16_000, small: 32_000, standard: 48_000, high: 64_000, best: 96_000 },
    sampleRatesHz: [48_000],
    layouts: ['mono', 'stereo'],
  },
  accepts: [...soundOptions, 'quality'],
  maxDurationSeconds: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, two minutes of noise from an mp3.
  cost: { secondsPerSecond: 0.012 },
} as const satisfies Preset
