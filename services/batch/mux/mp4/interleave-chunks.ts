import type { PictureTable } from '../picture-table.ts'
import { SOUND_HZ, type SoundTable } from '../sound-table.ts'
import { sumSizes } from '../sum-sizes.ts'

/** Samples of one track that lie side by side in the result. */
export type Chunk = { stream: 'picture' | 'sound'; samples: number; sizeBytes: number }

/**
 * The chunks of an mp4 in the order of the file: a second of the picture, the same second of the sound, and so on. So a player
 * finds both within what it has buffered, and a table has two entries a second.
 */
export const interleaveChunks = (picture: PictureTable, sound: SoundTable | null): Chunk[] => {
  const { num, den } = picture.frameRate
  const chunks: Chunk[] = []
  let frame = 0
  let packet = 0
  for (let second = 1; frame < picture.frames || (sound !== null && packet < sound.packets); second += 1) {
    const frameEnd = Math.min(picture.frames, Math.ceil((second * num) / den))
    if (frameEnd > frame) chunks.push(chunkOf('picture', picture.sizes, frame, frameEnd))
    frame = frameEnd
    if (sound === null) continue
    const packetEnd = Math.min(sound.packets, Math.ceil((second * SOUND_HZ) / sound.packetSamples))
    if (packetEnd > packet) chunks.push(chunkOf('sound', sound.sizes, packet, packetEnd))
    packet = packetEnd
  }
  return chunks
}

const chunkOf = (stream: Chunk['stream'], sizes: Uint32Array, from: number, to: number): Chunk => ({
  stream,
  samples: to - from,
  sizeBytes: sumSizes(sizes, from, to),
})
