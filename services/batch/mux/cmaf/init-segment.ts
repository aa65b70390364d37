import type { Description } from '../description.ts'
import { box, fullBox, type Lazy, uint32 } from '../mp4/box.ts'
import { mvhd, trak } from '../mp4/trak.ts'
import { udta } from '../mp4/udta.ts'
import { sizeOfEntry } from '../sample-entry.ts'

/** The only track of a CMAF file. */
export const CMAF_TRACK_ID = 1

type Shape = {
  kind: 'vide' | 'soun'
  entry: Buffer
  timescale: number
  /** where in the track, in ticks, presentation begins */
  mediaTime: number
  description: Description
}

/**
 * What a player reads before any segment (ISO/IEC 23000-19, 7.3): the codec of the one track, and that its samples follow in
 * fragments. An edit list takes back by how much frames are shown later than decoded: what players of all kinds know it for.
 */
export const initSegment = ({ kind, entry, timescale, mediaTime, description }: Shape): Buffer => {
  const tables = box(
    'stbl',
    fullBox('stsd', 0, 0, uint32(1), entry),
    fullBox('stts', 0, 0, uint32(0)),
    fullBox('stsc', 0, 0, uint32(0)),
    fullBox('stsz', 0, 0, uint32(0, 0)),
    fullBox('stco', 0, 0, uint32(0)),
  )
  const track = trak({
    id: CMAF_TRACK_ID,
    kind,
    durationMillis: 0,
    // No duration: all that follows.
    editMillis: mediaTime === 0 ? null : 0,
    mediaTime,
    timescale,
    durationTicks: 0,
    size: kind === 'vide' ? sizeOfEntry(entry) : null,
    creationTime: description.creationTime,
    language: kind === 'soun' ? description.soundLanguage : null,
    tables,
  })
  const trex = fullBox('trex', 0, 0, uint32(CMAF_TRACK_ID, 1, 0, 0, 0))
  const moov = box('moov', mvhd(0, 1, description), track, box('mvex', trex), ...udta(description))
  return Buffer.concat([...bytesOf(FTYP), ...bytesOf(moov)])
}

const FTYP = box('ftyp', Buffer.from('iso6'), uint32(0), Buffer.from('iso6cmfcmp41'))

const bytesOf = (lazy: Lazy): Iterable<Buffer> => lazy.buffers()
