/** The sound of files that have to play everywhere: ffmpeg's own AAC encoder needs 128 kb/s for music that nobody complains of. */
export const aac = {
  codec: 'aac',
  bitsPerSecond: 128_000,
  sampleRateHz: 48_000,
  channels: 2,
  withoutSound: 'no-track',
} as const

/** The sound beside VP9 and AV1: Opus at 96 kb/s is not worse than AAC at 128. */
export const opus = {
  codec: 'opus',
  bitsPerSecond: 96_000,
  sampleRateHz: 48_000,
  channels: 2,
  withoutSound: 'no-track',
} as const
