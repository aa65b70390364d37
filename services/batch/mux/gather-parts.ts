import type { Bucket, File } from '@google-cloud/storage'
import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { readMoov } from './mp4/read-moov.ts'
import type { Piece } from './read-samples.ts'
import { readTrack, type Track } from './read-track.ts'
import { sampleRuns } from './sample-runs.ts'

/**
 * A part as an mp4: `samples` frames or packets are used of it, after the first `lead`, which are there only so that those
 * after them sound right.
 */
export type PartObject = { objectName: string; generation: string; sizeBytes: number; lead: number; samples: number }

/** So many parts are asked for their tables at a time: a round trip each, and their tables in memory. */
const READ_AT_ONCE = 8

/** Which track of parts is wanted: the first of a kind, of the mp4 of a number in an object that is several. */
export type Wanted = { kind: 'vide' | 'soun'; fileIndex: number }

/**
 * Reads the tables of all parts, and hands them on in order: `start` is the number of samples before each. What lies where in them is
 * returned. Throws result_not_stored when one cannot be read (transient), and the reason of `signal` when that is aborted.
 */
export const gatherParts = async (
  bucket: Bucket,
  parts: readonly PartObject[],
  wanted: Wanted,
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
    const tracks = await Promise.all(some.map(({ part, file }) => readTables(file, part, wanted, signal)))
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

const readTables = async (
  file: File,
  part: PartObject,
  { kind, fileIndex }: Wanted,
  signal: AbortSignal,
): Promise<Track> => {
  const moov = await readMoov(file, part.sizeBytes, fileIndex, signal).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw cause instanceof ReelwayError ? cause : reelwayError('result_not_stored', { attempts: 1 }, { cause })
  })
  const track = readTrack(moov.content, kind)
  if (moov.fileStart === 0) return track
  const offsets = track.chunks.offsets.map((offset) => offset + moov.fileStart)
  return { ...track, chunks: { ...track.chunks, offsets } }
}

/** How many samples parts have together. */
export const countSamples = (parts: readonly PartObject[]): number =>
  parts.reduce((sum, { samples }) => sum + samples, 0)
