import { derived, type Recipe } from '../recipe.ts'
import { markedSound } from './marked.ts'
import { h264, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

// Every field has another number than the other field of its frame, but not that of the field before: else it would look still.
const fifty = { width: 360, height: 576, rate: '50', number: 'floor((n+1)/2)' }
// Fields of one frame lie beside each other in every second line; an encoder that is not told so would mix them.
const interlacedH264 = (order: 'tff' | 'bff') => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '16', '-flags', '+ildct+ilme'],
  ...['-x264-params', `${order}=1`],
]
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-flags', '+ildct+ilme'] as const
const mp2 = ['-c:a', 'mp2'] as const
const sd = ['setsar=16/9'] as const
const tags = ['-colorspace', 'bt470bg', '-color_primaries', 'bt470bg', '-color_trc', 'gamma28'] as const
const cinema = { width: 360, height: 480, rate: '24000/1001' }

const pulledDown = (extension: string, sound: string): Recipe =>
  derived(
    ...[extension, 'film-stream-pulled', ...markedSound(), '-map', '0:v', '-map', '1:a', '-c:v', 'copy'],
    // Three fields and two in turns, of 1501.5/90000 s.
    ...['-bsf:v', 'setts=ts=floor((5*N+1)/2)*1501.5', '-c:a', sound, '-b:a', '192k'],
  )

/** Pictures that are stored as fields, half of their lines at a time. */
export const fieldRecipes = {
  'upper-field-first': markedClip('mp4', {
    ...{ marks: fifty, filters: ['tinterlace=interleave_top', 'setfield=tff', ...sd], matrix: 'bt601', tags },
    video: interlacedH264('tff'),
  }),
  'lower-field-first': markedClip('mp4', {
    ...{ marks: fifty, filters: ['tinterlace=interleave_bottom', 'setfield=bff', ...sd], matrix: 'bt601', tags },
    video: interlacedH264('bff'),
  }),
  'broadcast-ts': markedClip('ts', {
    ...{ marks: fifty, filters: ['tinterlace=interleave_top', 'setfield=tff', ...sd], matrix: 'bt601', tags },
    ...{ video: [...mpeg2, '-top', '1'], audio: mp2 },
  }),
  camcorder: markedClip('avi', {
    marks: { ...fifty, width: 720 },
    filters: ['tinterlace=interleave_bottom', 'setfield=bff', 'setsar=64/45'],
    ...{ matrix: 'bt601', tags: [], video: ['-c:v', 'dvvideo'], audio: ['-c:a', 'pcm_s16le', '-ac', '2'] },
  }),
  'fields-to-turn': markedClip('mp4', {
    marks: { ...fifty, width: 576, height: 360 },
    filters: ['transpose=cclock', 'tinterlace=interleave_top', 'setfield=tff'],
    ...{ matrix: 'bt601', tags, video: interlacedH264('tff') },
  }),
  'fields-turned': { kind: 'boxed', extension: 'mp4', from: 'fields-to-turn', matrix: [0, 1, -1, 0] },
  'fields-unsaid': markedClip('mp4', {
    ...{ marks: fifty, filters: ['tinterlace=interleave_top', 'setfield=prog', ...sd], matrix: 'bt601', tags },
    video: [...h264, '-crf', '12'],
  }),
  'fields-unsaid-mpg': markedClip('mpg', {
    ...{ marks: fifty, filters: ['tinterlace=interleave_bottom', 'setfield=prog', ...sd], matrix: 'bt601', tags },
    ...{ video: ['-c:v', 'mpeg2video', '-q:v', '2'], audio: mp2 },
  }),
  'fields-unsaid-1080': markedClip('mp4', {
    marks: { ...fifty, height: 1080 },
    filters: ['tinterlace=interleave_top', 'setfield=prog', 'setsar=16/3'],
    video: [...h264, '-crf', '12'],
  }),
  'fields-unsaid-1080-ts': derived('ts', 'fields-unsaid-1080', '-c', 'copy'),
  'whole-pictures-unsaid': markedClip('mpg', {
    ...{ marks: { ...fifty, rate: '25', number: 'n' }, filters: [...sd], matrix: 'bt601', tags },
    ...{ video: ['-c:v', 'mpeg2video', '-q:v', '2'], audio: mp2 },
  }),
  'whole-pictures-called-fields': markedClip('mp4', {
    ...{ marks: { ...fifty, rate: '25', number: 'n' }, filters: ['setfield=tff', ...sd], matrix: 'bt601', tags },
    video: interlacedH264('tff'),
  }),
  telecined: markedClip('ts', {
    ...{
      marks: cinema,
      filters: ['telecine=first_field=top:pattern=23', 'setfield=tff', 'setsar=64/27'],
      matrix: 'bt601',
    },
    ...{ tags: [], video: [...mpeg2, '-top', '1'], audio: mp2 },
  }),
  'telecined-unsaid': markedClip('mkv', {
    ...{
      marks: cinema,
      filters: ['telecine=first_field=top:pattern=23', 'setfield=prog', 'setsar=64/27'],
      matrix: 'bt601',
    },
    ...{ tags: [], video: [...h264, '-crf', '12'] },
  }),
  'film-stream': markedClip('m2v', {
    ...{ marks: cinema, filters: ['setsar=64/27'], matrix: 'bt601', tags: [], audio: null },
    video: ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '12'],
  }),
  'film-stream-pulled': { kind: 'rewritten', extension: 'm2v', from: 'film-stream', how: 'pulled down' },
  'film-dvd': pulledDown('vob', 'ac3'),
  'film-ts': pulledDown('ts', 'mp2'),
  'film-mkv': derived('mkv', 'film-ts', '-c', 'copy'),
} as const satisfies Record<string, Recipe>

const pal = { width: 640, height: 576, rate: '25/1', marksRate: 25 }
const hd = { width: 1280, height: 720, rate: '25/1', marksRate: 25 }
// MPEG-2 knows no shapes but 4:3 and 16:9.
const fourToThree = { ...pal, width: 768 }
const ntsc = { width: 852, height: 480, rate: '30000/1001', marksRate: 24000 / 1001 }

export const fieldRows: readonly SourceRow<keyof typeof fieldRecipes>[] = [
  { video: 'upper-field-first', kind: 'interlaced', ...pal },
  { video: 'lower-field-first', kind: 'interlaced', ...pal },
  { video: 'broadcast-ts', kind: 'interlaced', ...fourToThree },
  { video: 'camcorder', kind: 'interlaced', ...pal, width: 1024 },
  { video: 'fields-turned', kind: 'interlaced', width: 576, height: 360, rate: '25/1', marksRate: 25 },
  { video: 'fields-unsaid', kind: 'interlaced', ...pal },
  { video: 'fields-unsaid-mpg', kind: 'interlaced', ...fourToThree },
  { video: 'telecined', kind: 'telecined', ...ntsc },
  {
    video: 'telecined-unsaid',
    kind: 'telecined',
    ...ntsc,
    seconds: 2.03,
    flashes: [0.23, 1.65],
    toleranceFrames: 2,
  },
  { video: 'fields-unsaid-1080', kind: 'interlaced', ...hd },
  { video: 'fields-unsaid-1080-ts', kind: 'interlaced', ...hd },
  { video: 'film-dvd', kind: 'film', ...ntsc, rate: '24000/1001' },
  { video: 'film-ts', kind: 'film', ...ntsc, rate: '24000/1001' },
  { video: 'film-mkv', kind: 'film', ...ntsc, rate: '24000/1001' },
  { video: 'whole-pictures-unsaid', kind: 'whole frames', ...fourToThree },
  { video: 'whole-pictures-called-fields', kind: 'whole frames', ...pal },
]
