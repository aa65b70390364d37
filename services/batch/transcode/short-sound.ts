import type { SoundPlan } from '../ffmpeg/sound-plan.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import type { Refused } from '../refusal.ts'

// As source-end.ts: containers round their durations, and the last packet often has none.
const TOLERANCE_SECONDS = 0.25

/**
 * The refusal of a source whose sound did not reach the end that it announced, by the packets that were read of it (the sound
 * first); undefined when it did. Sound that ends before a picture that goes on to the end of its container just ends there.
 */
export const shortSound = ({ source }: SoundPlan, [sound, picture]: SourceRecord): Refused | undefined => {
  if (sound === undefined || sound.packets === 0) return { kind: 'refused', code: 'source_undecodable', parameters: {} }
  const needed = source.endSeconds - TOLERANCE_SECONDS
  const found = Math.max(sound.endSeconds, sound.lastStartSeconds)
  if (found >= needed) return undefined
  if (source.endKnownFrom === 'container' && (picture?.endSeconds ?? 0) >= needed) return undefined
  const parameters = { announcedSeconds: tenths(source.endSeconds), foundSeconds: tenths(found) }
  return { kind: 'refused', code: 'source_truncated', parameters }
}

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10
