import type { EncodePlan, PlanTag } from './encode-plan.ts'

type Saying = { metadata: EncodePlan['metadata']; container: { format: string } }

/**
 * What a result says of itself, by the names that its format has for it. An mp4, as which each file of a stream counts, has those of QuickTime, which telephones write
 * and people's picture libraries read; every other format those that are common to Matroska, ID3 and Vorbis.
 */
export const tagsOf = ({ metadata, container }: Saying): [string, string][] =>
  metadata.tags.map(({ name, value }) => [(ISO_FILES.has(container.format) ? QUICKTIME : COMMON)[name], value])

const ISO_FILES: ReadonlySet<string> = new Set(['mp4', 'hls'])

const COMMON: Record<PlanTag['name'], string> = {
  title: 'title',
  // ffmpeg also writes it where each format has its own field for it.
  creationTime: 'creation_time',
  date: 'date',
  make: 'make',
  model: 'model',
  location: 'location',
  localTime: 'date_recorded',
  artist: 'artist',
  copyright: 'copyright',
  description: 'description',
  comment: 'comment',
  software: 'software',
  album: 'album',
  albumArtist: 'album_artist',
  track: 'track',
  genre: 'genre',
}

const QUICKTIME: typeof COMMON = {
  ...COMMON,
  make: 'com.apple.quicktime.make',
  model: 'com.apple.quicktime.model',
  location: 'com.apple.quicktime.location.ISO6709',
  localTime: 'com.apple.quicktime.creationdate',
  software: 'com.apple.quicktime.software',
}
