import { soundOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The sound as it is. */
export const flac = {
  name: 'flac',
  title: 'FLAC, sound alone',
  description:
    'The sound of a video or a recording without any loss, in FLAC: every channel and the sample rate are kept. For archives and for editing.',
  container: { format: 'flac', extension: 'flac', contentType: 'audio/flac' },
  video: null,
  canvas: null,
  frameRate: null,
  bookends: null,
  still: null,
  audio: {
    codec: 'flac',
    // ffmpeg's own default: two minutes of stereo noise took 0.39 s of CPU at 5 and 0.60 s at 8, which saves less than 1 %.
    compressionLevel: 5,
    sampleRatesHz: [
      8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000,
    ],
    layouts: ['mono', 'stereo', '5.1', '7.1'],
  },
  accepts: [...soundOptions],
  maxDurationSeconds: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, two minutes of noise from an mp3.
  cost: { secondsPerSecond: 0.006 },
} as const satisfies Preset
