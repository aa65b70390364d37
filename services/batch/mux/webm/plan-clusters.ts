import type { PictureTable } from '../picture-table.ts'
import type { SoundTable } from '../sound-table.ts'
import type { BlockTimes } from './block-times.ts'

/** A cluster: a range of frames and one of packets, each up to, without, its end. */
export type Cluster = {
  timeMillis: number
  frames: { start: number; end: number }
  packets: { start: number; end: number }
  /** when the key frame that it begins with is shown; null when it is only a cluster because time went on */
  keyMillis: number | null
}

/** Times in a cluster have 16 bits, and a player reads one as a whole; ffmpeg's limit, too. */
const LONGEST_CLUSTER_MILLIS = 5_000

/** The blocks of the whole, in order of time; at the same time sound comes first. `isSound`, and its number among its kind. */
export function* blocksInOrder(
  times: BlockTimes,
  frames: { start: number; end: number },
  packets: { start: number; end: number },
): Generator<{ isSound: boolean; index: number; timeMillis: number }> {
  let { start: frame } = frames
  let { start: packet } = packets
  while (frame < frames.end || packet < packets.end) {
    const pictureMillis = frame < frames.end ? times.pictureMillis(frame) : Number.POSITIVE_INFINITY
    const soundMillis = packet < packets.end ? times.soundMillis(packet) : Number.POSITIVE_INFINITY
    if (soundMillis <= pictureMillis) yield { isSound: true, index: packet++, timeMillis: soundMillis }
    else yield { isSound: false, index: frame++, timeMillis: pictureMillis }
  }
}

/**
 * Cuts the blocks into clusters that begin at key frames, or after five seconds. The packet of sound that is heard while a key
 * frame appears is in the key frame's cluster, before it (the guidelines of WebM, "Muxer Guidelines").
 */
export const planClusters = (picture: PictureTable, sound: SoundTable | null, times: BlockTimes): Cluster[] => {
  const clusters: Cluster[] = []
  let next = { frame: 0, packet: 0 }
  const packets = sound?.packets ?? 0
  const isKey = (frame: number) => picture.keys[frame] === 1
  for (const { isSound, index, timeMillis } of blocksInOrder(
    times,
    { start: 0, end: picture.frames },
    { start: 0, end: packets },
  )) {
    const open = clusters.at(-1)
    const isLastBeforeKey =
      isSound &&
      isKey(next.frame) &&
      (index + 1 >= packets || times.soundMillis(index + 1) > times.pictureMillis(next.frame))
    const isKeyWithout = !isSound && isKey(index) && open?.keyMillis !== timeMillis
    if (
      open === undefined ||
      isLastBeforeKey ||
      isKeyWithout ||
      timeMillis - open.timeMillis > LONGEST_CLUSTER_MILLIS
    ) {
      clusters.push({
        timeMillis,
        frames: { start: next.frame, end: next.frame },
        packets: { start: next.packet, end: next.packet },
        keyMillis: isLastBeforeKey || isKeyWithout ? times.pictureMillis(next.frame) : null,
      })
    }
    const cluster = clusters.at(-1)
    next = isSound ? { ...next, packet: index + 1 } : { ...next, frame: index + 1 }
    if (cluster !== undefined) {
      cluster.frames.end = next.frame
      cluster.packets.end = next.packet
    }
  }
  return clusters
}
