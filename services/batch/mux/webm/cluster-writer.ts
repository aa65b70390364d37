import { PICTURE_TRACK_ID, SOUND_TRACK_ID, type Step } from '../layout.ts'
import type { PictureTable } from '../picture-table.ts'
import { SOUND_HZ, type SoundTable } from '../sound-table.ts'
import { sumSizes } from '../sum-sizes.ts'
import { paddedBlock, SIMPLE_HEADER_BYTES, simpleBlockHeader } from './block-headers.ts'
import type { BlockTimes } from './block-times.ts'
import { elementId, elementSize, uint } from './element.ts'
import { blocksInOrder, type Cluster } from './plan-clusters.ts'

const CLUSTER = 0x1f43b675
const CLUSTER_TIMESTAMP = 0xe7

export type ClusterWriter = { sizeOf: (cluster: Cluster) => number; steps: (cluster: Cluster) => Iterable<Step> }

/** Makes the bytes of clusters. `lastSamples` of the last packet of the sound are heard. */
export const makeClusterWriter = (
  picture: PictureTable,
  sound: SoundTable | null,
  times: BlockTimes,
  lastSamples: number,
): ClusterWriter => {
  const discardedSamples = sound === null ? 0 : sound.packetSamples - lastSamples
  const paddedIndex = sound !== null && discardedSamples > 0 ? sound.packets - 1 : -1
  const padded = (sampleBytes: number, clusterMillis: number) =>
    paddedBlock(
      { track: SOUND_TRACK_ID, clusterMillis, isKey: true },
      sampleBytes,
      Math.round((discardedSamples * 1_000_000_000) / SOUND_HZ),
    )

  const contentBytes = ({ frames, packets }: Cluster): number => {
    const blocks = frames.end - frames.start + packets.end - packets.start
    const soundBytes = sound === null ? 0 : sumSizes(sound.sizes, packets.start, packets.end)
    const samples = sumSizes(picture.sizes, frames.start, frames.end) + soundBytes
    const isPadded = paddedIndex >= packets.start && paddedIndex < packets.end
    const { before, after } = padded(0, 0)
    const extra = isPadded ? before.length + after.length - SIMPLE_HEADER_BYTES : 0
    return samples + blocks * SIMPLE_HEADER_BYTES + extra
  }
  const header = (cluster: Cluster): Buffer => {
    const time = uint(CLUSTER_TIMESTAMP, cluster.timeMillis)
    return Buffer.concat([elementId(CLUSTER), elementSize(time.length + contentBytes(cluster), 8), time])
  }
  return {
    sizeOf: (cluster) => header(cluster).length + contentBytes(cluster),
    *steps(cluster) {
      yield { kind: 'literal', bytes: header(cluster) }
      for (const { isSound, index, timeMillis } of blocksInOrder(times, cluster.frames, cluster.packets)) {
        const clusterMillis = timeMillis - cluster.timeMillis
        const sizeBytes = (isSound ? sound?.sizes[index] : picture.sizes[index]) ?? 0
        const kind = isSound ? 'sound' : 'picture'
        const track = isSound ? SOUND_TRACK_ID : PICTURE_TRACK_ID
        const isKey = isSound || picture.keys[index] === 1
        const { before, after } =
          isSound && index === paddedIndex
            ? padded(sizeBytes, clusterMillis)
            : { before: simpleBlockHeader({ track, clusterMillis, isKey }, sizeBytes), after: undefined }
        yield { kind: 'literal', bytes: before }
        yield { kind, sizeBytes }
        if (after !== undefined) yield { kind: 'literal', bytes: after }
      }
    },
  }
}
