import { soundOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The sound for old players. */
export const mp3 = {
  name: 'mp3',
  title: 'MP3, sound alone',
  description:
    'The sound of a video or a recording as MP3. For everything that is older than AAC; larger than M4A at the same quality.',
  container: { format: 'mp3', extension: 'mp3', contentType: 'audio/mpeg' },
  video: null,
  canvas: null,
  frameRate: null,
  bookends: null,
  still: null,
  audio: {
    codec: 'mp3',
    // LAME's own scale: 2 (about 190 kb/s) is what its authors call transparent, 0 (245) the most, 5 is about 130, 7 about 100.
    // A variable rate gives each second what it needs; LAME's tag in the file says how to play it without a gap.
    variableRate: { smallest: 7, small: 5, standard: 2, high: 1, best: 0 },
    sampleRatesHz: [44_100, 48_000],
    layouts: ['mono', 'stereo'],
  },
  accepts: [...soundOptions, 'quality'],
  maxDurationSeconds: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, two minutes of noise from an mp3.
  cost: { secondsPerSecond: 0.0135 },
} as const satisfies Preset
