import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { countSamples } from '../ffmpeg/sound-packets.ts'

// CPU seconds for a second of stereo, November 2026, ffmpeg 5.1. aac: 8.67 s for five minutes with the reading of a source of
// 34 Mb/s; opus: 3.1 s of a small one, and half as much again. Both encoders use one core, however many there are.
const ENCODE_SECONDS_PER_SECOND = { aac: 0.029, opus: 0.015 } as const

/** About how many seconds the sound of a plan takes by itself, without waiting for the storage. */
export const estimateSoundSeconds = ({ audio }: Pick<EncodePlan, 'audio'>): number =>
  audio === null ? 0 : (countSamples(audio) / audio.sampleRateHz) * ENCODE_SECONDS_PER_SECOND[audio.codec]
