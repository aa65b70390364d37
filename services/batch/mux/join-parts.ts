import type { Bucket, File } from '@google-cloud/storage'
import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'
import { type Description, noDescription } from './description.ts'
import type { Layout } from './layout.ts'
import { malformedPart } from './malformed-part.ts'
import { layOutMp4 } from './mp4/lay-out-mp4.ts'
import { readMoov } from './mp4/read-moov.ts'
import { addPicture, makePictureTable, type PictureTable } from './picture-table.ts'
import { type Piece, readSamples } from './read-samples.ts'
import { readTrack, type Track } from './read-track.ts'
import { sizeOfEntry } from './sample-entry.ts'
import { sampleRuns } from './sample-runs.ts'
import { addSound, makeSoundTable, type SoundTable } from './sound-table.ts'
import { streamLayout } from './stream-layout.ts'
import { layOutWebm } from './webm/lay-out-webm.ts'

/**
 * A part as an mp4: `samples` frames or packets are used of it, after the first `lead`, which are there only so that those
 * after them sound right.
 */
export type PartObject = { objectName: string; generation: string; sizeBytes: number; lead: number; samples: number }

/** What is to be joined, in order. `soundSamples` of each channel are heard; null: there is no track of sound. */
export type JoinRequest = {
  container: EncodePlan['container']['format']
  frameRate: Rational
  canvas: { width: number; height: number }
  picture: readonly PartObject[]
  sound: readonly PartObject[]
  soundSamples: number | null
  description?: Description
}

/** A result that is made while it is taken: `stream` begins it, anew each time. */
export type Joined = { sizeBytes: number; stream: () => AsyncIterable<Buffer> }

/** So many parts are asked for their tables at a time: a round trip each, and their tables in memory. */
const READ_AT_ONCE = 8

/**
 * Joins parts to one mp4 or WebM without decoding anything. Reads the sample tables of all parts, then the samples while they
 * are taken. Nothing is on disk; in memory are 7 bytes a frame and 4 bytes a packet (26 MB for 12 h at 60 frames a second),
 * the tables of 8 parts at a time, and a few buffers.
 * `bucket` belongs to a client that does not retry (see readObject). Throws result_rejected when parts do not fit together,
 * result_not_stored when one cannot be read (both transient), and the reason of `signal` when that is aborted.
 */
export const joinParts = async (bucket: Bucket, request: JoinRequest, signal: AbortSignal): Promise<Joined> => {
  const picture = makePictureTable(request.frameRate, countSamples(request.picture))
  const soundParts = request.soundSamples === null ? [] : request.sound
  const sound = request.soundSamples === null ? null : makeSoundTable(request.soundSamples, countSamples(soundParts))
  const picturePieces = await gather(bucket, request.picture, 'vide', signal, (start, track, part) =>
    addPicture(picture, start, track, part),
  )
  const soundPieces = await gather(bucket, soundParts, 'soun', signal, (start, track, part) => {
    if (sound !== null) addSound(sound, start, track, part)
  })
  const layout = layOut(request, picture, sound)
  return {
    sizeBytes: layout.sizeBytes,
    stream: () =>
      streamLayout(layout, {
        picture: readSamples(picturePieces, signal),
        sound: readSamples(soundPieces, signal),
      }),
  }
}

const countSamples = (parts: readonly PartObject[]): number => parts.reduce((sum, { samples }) => sum + samples, 0)

/** Reads the tables of all parts, and hands them on in order. */
const gather = async (
  bucket: Bucket,
  parts: readonly PartObject[],
  kind: 'vide' | 'soun',
  signal: AbortSignal,
  add: (start: number, track: Track, part: PartObject) => void,
): Promise<Piece[]> => {
  const pieces: Piece[] = []
  let start = 0
  for (let index = 0; index < parts.length; index += READ_AT_ONCE) {
    const some = parts.slice(index, index + READ_AT_ONCE).map((part) => {
      const file = bucket.file(part.objectName, { generation: part.generation })
      return { part, file }
    })
    const tracks = await Promise.all(some.map(({ part, file }) => readTables(file, part, kind, signal)))
    for (const [place, { part, file }] of some.entries()) {
      const track = tracks[place]
      if (track === undefined) continue
      add(start, track, part)
      pieces.push({ file, runs: sampleRuns(track, part.lead, part.lead + part.samples) })
      start += part.samples
    }
  }
  return pieces
}

const readTables = async (file: File, part: PartObject, kind: 'vide' | 'soun', signal: AbortSignal): Promise<Track> => {
  const moov = await readMoov(file, part.sizeBytes, signal).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw cause instanceof ReelwayError ? cause : reelwayError('result_not_stored', { attempts: 1 }, { cause })
  })
  return readTrack(moov, kind)
}

const layOut = (
  { container, canvas, description = noDescription }: JoinRequest,
  picture: PictureTable,
  sound: SoundTable | null,
): Layout => {
  if (picture.entry === undefined) throw malformedPart('there is no picture')
  const { width, height } = sizeOfEntry(picture.entry)
  if (width !== canvas.width || height !== canvas.height) throw malformedPart(`a part is ${width}x${height}`)
  if (container === 'mp4') return layOutMp4(picture, sound, description)
  if (container === 'webm') return layOutWebm(picture, sound, description)
  throw new Error(`a ${container} is not joined from parts`)
}
