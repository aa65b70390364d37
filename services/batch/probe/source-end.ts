import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'

export type SourceEnd =
  | { kind: 'complete' }
  | { kind: 'truncated'; announcedSeconds: number; foundSeconds: number }
  | { kind: 'empty' }

// Containers round their durations, and the last packet often has none: less than this is not seen as missing.
const TOLERANCE_SECONDS = 0.25
const TOLERANCE_FRAMES = 2

/**
 * Whether the source really held what the plan took from it, by the packets that were read. A source that ends early is
 * truncated, with one exception: when only the container or the sound said how long it is, and the sound really went on to there. Then the
 * picture just ends before the sound, and its last frame is held as a player holds it.
 */
export const sourceEnd = (
  { source }: { source: Pick<EncodePlan['source'], 'endSeconds' | 'frameSeconds' | 'endKnownFrom'> },
  [video, audio]: SourceRecord,
): SourceEnd => {
  if (video === undefined || video.packets === 0) return { kind: 'empty' }
  const needed = source.endSeconds - Math.max(TOLERANCE_SECONDS, TOLERANCE_FRAMES * source.frameSeconds)
  const found = Math.max(video.endSeconds, video.lastStartSeconds + source.frameSeconds)
  if (found >= needed) return { kind: 'complete' }
  if (source.endKnownFrom !== 'video-stream' && (audio?.endSeconds ?? 0) >= needed) return { kind: 'complete' }
  return { kind: 'truncated', announcedSeconds: tenths(source.endSeconds), foundSeconds: tenths(found) }
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10
