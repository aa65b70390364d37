import type { PlanTag } from './encode-plan.ts'

/** What ffprobe calls what a source says of itself, in files of different makers, in small letters. The first that says something counts. */
export const sourceTagNames: Readonly<Record<PlanTag['name'], readonly string[]>> = {
  title: ['title', 'com.apple.quicktime.title'],
  creationTime: ['creation_time', 'com.apple.quicktime.creationdate'],
  date: ['date', 'date_recorded'],
  make: ['make', 'com.apple.quicktime.make', 'com.android.manufacturer'],
  model: ['model', 'com.apple.quicktime.model', 'com.android.model'],
  location: ['com.apple.quicktime.location.iso6709', 'location', 'location-eng'],
  localTime: ['com.apple.quicktime.creationdate'],
  artist: ['artist', 'author', 'com.apple.quicktime.author', 'com.apple.quicktime.artist'],
  copyright: ['copyright', 'com.apple.quicktime.copyright'],
  description: ['description', 'com.apple.quicktime.description'],
  comment: ['comment', 'com.apple.quicktime.comment'],
  album: ['album'],
  albumArtist: ['album_artist', 'albumartist'],
  track: ['track', 'tracknumber'],
  genre: ['genre'],
  software: ['com.apple.quicktime.software', 'software'],
}
