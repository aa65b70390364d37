import type { Bucket } from '@google-cloud/storage'
import type { EncodePlan, Rendition } from '../ffmpeg/encode-plan.ts'
import { keyframeInterval } from '../ffmpeg/keyframe-interval.ts'
import { countSamples as countHeard } from '../ffmpeg/sound-packets.ts'
import { layOutCmafPicture, layOutCmafSound } from './cmaf/lay-out-cmaf.ts'
import { type CmafLayout, segmentBorders } from './cmaf/segment.ts'
import { descriptionOf } from './description-of.ts'
import { countSamples, gatherParts, type PartObject } from './gather-parts.ts'
import type { JoinedPicture } from './key-frames.ts'
import { malformedPart } from './malformed-part.ts'
import { addPicture, makePictureTable } from './picture-table.ts'
import { type Piece, readSamples } from './read-samples.ts'
import { sizeOfEntry } from './sample-entry.ts'
import { addSound, makeSoundTable, SOUND_HZ, type SoundTable } from './sound-table.ts'
import { streamLayout } from './stream-layout.ts'

export type HlsParts = { picture: readonly PartObject[]; sound: readonly PartObject[] }

/** A file that is made while it is taken: `stream` begins it, anew each time. */
export type CmafFile = CmafLayout & {
  name: string
  rendition: Rendition | null
  /** null: it is the sound */
  picture: JoinedPicture | null
  stream: () => AsyncIterable<Buffer>
}

/**
 * The CMAF files of a stream, one for each size of the picture and one for the sound, without decoding anything. As joinParts reads
 * it: the tables of all parts first, their samples while the files are taken. Throws what joinParts throws.
 */
export const joinHls = async (
  bucket: Bucket,
  plan: EncodePlan,
  parts: HlsParts,
  signal: AbortSignal,
): Promise<CmafFile[]> => {
  const { renditions, audio, video } = plan
  if (renditions === null || !('keyframeSeconds' in video)) throw new Error('a plan without sizes is no stream')
  const pictures: GatheredPicture[] = []
  for (const [fileIndex, rendition] of renditions.entries()) {
    pictures.push(await gatherPicture(bucket, plan, { rendition, fileIndex }, parts.picture, signal))
  }
  // All sizes have the same key frames: that of one says where all can be cut, and the layout of each makes sure of it.
  const keys = pictures[0]?.table.keys ?? new Uint8Array()
  const borders = segmentBorders(keys, keyframeInterval(plan), video.keyframeSeconds)
  const delay = Math.max(...pictures.map(({ table }) => table.delay))
  const files = pictures.map((gathered) => pictureFile(plan, gathered, { borders, delay }, signal))
  if (audio === null) return files
  return [...files, await joinSound(bucket, plan, { audio, borders }, parts.sound, signal)]
}

type GatheredPicture = JoinedPicture & { rendition: Rendition }

const gatherPicture = async (
  bucket: Bucket,
  { frameRate }: EncodePlan,
  { rendition, fileIndex }: { rendition: Rendition; fileIndex: number },
  parts: readonly PartObject[],
  signal: AbortSignal,
): Promise<GatheredPicture> => {
  const table = makePictureTable(frameRate, countSamples(parts))
  const pieces = await gatherParts(bucket, parts, { kind: 'vide', fileIndex }, signal, (start, track, part) =>
    addPicture(table, start, track, part),
  )
  return { rendition, table, parts, pieces }
}

const pictureFile = (
  plan: EncodePlan,
  { rendition, ...picture }: GatheredPicture,
  { borders, delay }: { borders: readonly number[]; delay: number },
  signal: AbortSignal,
): CmafFile => {
  const { table, pieces } = picture
  const made = layOutCmafPicture(table, borders, { delay, description: descriptionOf(plan) })
  const { width, height } = sizeOfEntry(table.entry ?? Buffer.alloc(36))
  if (width !== rendition.width || height !== rendition.height) throw malformedPart(`a part is ${width}x${height}`)
  const stream = () =>
    streamLayout(made.layout, { picture: readSamples(pieces, signal), sound: readSamples([], signal) })
  return { ...made, name: `video-${rendition.name}`, rendition, picture, stream }
}

const joinSound = async (
  bucket: Bucket,
  plan: EncodePlan,
  { audio, borders }: { audio: NonNullable<EncodePlan['audio']>; borders: readonly number[] },
  parts: readonly PartObject[],
  signal: AbortSignal,
): Promise<CmafFile> => {
  const table = makeSoundTable(countHeard(audio), countSamples(parts))
  const pieces = await gatherParts(bucket, parts, { kind: 'soun', fileIndex: 0 }, signal, (start, track, part) =>
    addSound(table, start, track, part),
  )
  const ofPackets = packetBorders(plan, borders, table)
  const made = layOutCmafSound(table, ofPackets, descriptionOf(plan))
  const heard = withoutFirst(pieces, table.sizes[0] ?? 0)
  const stream = () =>
    streamLayout(made.layout, { picture: readSamples([], signal), sound: readSamples(heard, signal) })
  return { ...made, name: 'sound', rendition: null, picture: null, stream }
}

/** The packets that begin nearest to the frames at which segments of the picture begin; packet 1 is heard at 0. */
const packetBorders = (
  { frameRate }: EncodePlan,
  borders: readonly number[],
  { packets, packetSamples }: SoundTable,
): number[] => {
  const inner = borders.slice(1, -1).map((frame) => {
    return 1 + Math.round((frame * frameRate.den * SOUND_HZ) / (frameRate.num * packetSamples))
  })
  return [1, ...inner.filter((packet) => packet > 1 && packet < packets), packets]
}

/** The pieces without the bytes of the first packet, with which the first of them begins. */
const withoutFirst = ([first, ...others]: Piece[], sizeBytes: number): Piece[] => {
  if (first === undefined) return []
  const runs = Float64Array.from(first.runs)
  runs[0] = (runs[0] ?? 0) + sizeBytes
  runs[1] = (runs[1] ?? 0) - sizeBytes
  return [{ ...first, runs }, ...others]
}
