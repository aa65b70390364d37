import type { PictureTable } from '../picture-table.ts'
import { SOUND_HZ, type SoundTable } from '../sound-table.ts'

/** When blocks begin, in whole milliseconds from the start of the file. */
export type BlockTimes = {
  pictureMillis: (frame: number) => number
  soundMillis: (packet: number) => number
  /** when each of them ends */
  pictureEndMillis: number
  soundEndMillis: number
}

/**
 * The times of all blocks, by ffmpeg's rules (5.1): each time is rounded by itself, halves away from zero; and as a file
 * cannot begin before 0, the whole is later by what a decoder of the sound must drop at first.
 */
export const blockTimes = (picture: PictureTable, sound: SoundTable | null, lastSamples: number): BlockTimes => {
  const { num, den } = picture.frameRate
  const ofFrame = (frame: number) => Math.round((frame * 1000 * den) / num)
  const ofSample = (sample: number) => awayFromZero((sample * 1000) / SOUND_HZ)
  const ofPacket = (packet: number) => (sound === null ? 0 : ofSample(packet * sound.packetSamples - sound.priming))
  const shift = -Math.min(0, ofPacket(0))
  return {
    pictureMillis: (frame) => ofFrame(frame) + shift,
    soundMillis: (packet) => ofPacket(packet) + shift,
    pictureEndMillis: ofFrame(picture.frames - 1) + shift + ofFrame(1),
    soundEndMillis: sound === null ? 0 : ofPacket(sound.packets - 1) + shift + ofSample(lastSamples),
  }
}

const awayFromZero = (value: number): number => Math.sign(value) * Math.round(Math.abs(value))
