import type { SoundPlan } from '../ffmpeg/sound-plan.ts'
import { DECODER_START_SECONDS, type EntryPoint, FROM_BEGINNING, marginsBefore } from './entry-points.ts'

/** Where to enter the source for sound alone, in the order in which to try: as for a part of the sound of a result with a picture. */
export const soundEntryPoints = ({ source }: SoundPlan): EntryPoint[] => {
  const { container, enteredSeconds } = source
  const latestSeconds = enteredSeconds - DECODER_START_SECONDS
  const points = marginsBefore(enteredSeconds, { container, isPicture: false, streamStartSeconds: source.startSeconds })
  return [...points.map((fromSeconds) => ({ fromSeconds, latestSeconds, latestSoundSeconds: null })), FROM_BEGINNING]
}
