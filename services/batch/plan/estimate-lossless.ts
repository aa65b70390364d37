import type { AudioFacts, SourceFacts } from '../probe/source-facts.ts'

// What was compressed by one of these is hardly smaller as our FLAC (run, noise and tones: 0.92 of that of FLAC's fastest level, 1.06 of that
// of ALAC, and more).
const LOSSLESS: ReadonlySet<string> = new Set(['flac', 'alac'])
const SURELY = 0.8
// Some programs write what they do not compress at all.
const MOST_OF_STORED = 0.9

/**
 * How many bytes all of a sound has at least in FLAC at the same rate, as far as that is certain; null when it is not: what silence takes
 * is nothing, and nobody knows before how much of a recording is silent, unless somebody has compressed it already.
 */
export const estimateLosslessBytes = (
  { video, coverIndex, durationSeconds }: SourceFacts,
  audio: AudioFacts,
  sourceBytes: number,
): number | null => {
  if (!LOSSLESS.has(audio.codec) || audio.channels > MOST_CHANNELS) return null
  const isAlone = video === null && coverIndex === null
  const bitsPerSecond = audio.bitsPerSecond ?? (isAlone ? (sourceBytes * 8) / durationSeconds : null)
  const storedBitsPerSecond = audio.sampleRateHz * audio.channels * (audio.bitsPerSample ?? 16)
  return bitsPerSecond === null || bitsPerSecond > MOST_OF_STORED * storedBitsPerSecond
    ? null
    : (bitsPerSecond / 8) * audio.endSeconds * SURELY
}

// With more of them FLAC leaves some out.
const MOST_CHANNELS = 8
