import { type Description, noDescription } from '../description.ts'
import type { Layout } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import type { PictureTable } from '../picture-table.ts'
import { lastPacketSamples, type SoundTable } from '../sound-table.ts'
import { blockTimes } from './block-times.ts'
import { makeClusterWriter } from './cluster-writer.ts'
import { elementId, elementSize } from './element.ts'
import { planClusters } from './plan-clusters.ts'
import { CUE_BYTES, cues, ebmlHeader, info, seekHead, tags, tracks } from './top-elements.ts'

/**
 * A WebM file with the cues before the clusters, so that a player can seek before it has the whole file (RFC 9559): tracks,
 * times and padding are those that ffmpeg 5.1 writes for the same samples. Throws result_rejected for what is not VP9 or AV1, and Opus.
 */
export const layOutWebm = (
  picture: PictureTable,
  sound: SoundTable | null,
  description: Description = noDescription,
): Layout => {
  if (picture.delay > 0) throw malformedPart('the frames of a webm are not in the order in which they are shown')
  const lastSamples = sound === null ? 0 : lastPacketSamples(sound)
  const times = blockTimes(picture, sound, lastSamples)
  const clusters = planClusters(picture, sound, times)
  const writer = makeClusterWriter(picture, sound, times, lastSamples)

  const sizes = clusters.map(writer.sizeOf)
  const keyClusters = clusters.filter(({ keyMillis }) => keyMillis !== null).length
  const heads = [
    info(times, description),
    tracks(picture, sound, description),
    tags(times, sound !== null, description),
  ]
  const headBytes = heads.reduce((sum, { length }) => sum + length, seekHead(heads, 0).length)
  const clustersAt = headBytes + cues([]).length + keyClusters * CUE_BYTES
  const places = placesOf(sizes, clustersAt)
  const points = clusters.flatMap(({ keyMillis }, index) =>
    keyMillis === null ? [] : [{ millis: keyMillis, place: places[index] ?? 0 }],
  )
  const segmentBytes = sizes.reduce((sum, size) => sum + size, clustersAt)
  const beginning = Buffer.concat([
    ebmlHeader,
    elementId(0x18538067),
    elementSize(segmentBytes, 8),
    seekHead(heads, headBytes),
    ...heads,
    cues(points),
  ])
  return {
    sizeBytes: beginning.length - clustersAt + segmentBytes,
    *steps() {
      yield { kind: 'literal', bytes: beginning }
      for (const cluster of clusters) yield* writer.steps(cluster)
    },
  }
}

const placesOf = (sizes: readonly number[], first: number): number[] => {
  let at = first
  return sizes.map((size) => {
    at += size
    return at - size
  })
}
