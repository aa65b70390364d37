import type { Recipe } from '../recipe.ts'
import { markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const tagged = (space: string, primaries = space, transfer = space) => [
  ...['-colorspace', space, '-color_primaries', primaries, '-color_trc', transfer, '-color_range', 'tv'],
]
const hd = { width: 1280, height: 720, rate: '10', seconds: 1 }
const large = { width: 1280, height: 720, rate: '10/1', seconds: 1, marksRate: 10 }
const ffv1 = ['-c:v', 'ffv1'] as const

// Four fifths of it is seen, and one fifth of what is behind it.
const seeThrough = 'colorchannelmixer=aa=0.8'

/** Pictures whose colours are stored in other ways than our results', of a normal range of brightness. */
export const colourRecipes = {
  'says-bt601': markedClip('mp4', { matrix: 'bt601', tags: tagged('smpte170m') }),
  'says-bt601-pal': markedClip('mp4', { matrix: 'bt601', tags: tagged('bt470bg', 'bt470bg', 'gamma28') }),
  'says-fcc': markedClip('mp4', { matrix: 'fcc', tags: tagged('fcc', 'bt470m', 'gamma22') }),
  'contradicts-itself': markedClip('mp4', { tags: tagged('bt709', 'bt470m', 'gamma22') }),
  'says-nothing-small': markedClip('mp4', { matrix: 'bt601', tags: [] }),
  'says-nothing-large': markedClip('mp4', { marks: hd, tags: [] }),
  'full-range': markedClip('mp4', {
    ...{ matrix: 'bt601', range: 'pc', pixels: 'yuvj420p' },
    tags: [...tagged('smpte170m').slice(0, 6), '-color_range', 'pc'],
  }),
  'full-range-709': markedClip('mp4', { range: 'pc', tags: [...tagged('bt709').slice(0, 6), '-color_range', 'pc'] }),
  'ten-bit': markedClip('mp4', { pixels: 'yuv420p10le' }),
  'ten-bit-hevc': markedClip('mp4', {
    pixels: 'yuv422p10le',
    video: [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-crf',
      '18',
      '-x265-params',
      'log-level=none',
      '-tag:v',
      'hvc1',
    ],
  }),
  'all-colours': markedClip('mp4', { pixels: 'yuv444p' }),
  'ten-bit-camera': markedClip('mov', { pixels: 'yuv422p10le' }),
  'ten-bit-all-colours': markedClip('mp4', { pixels: 'yuv444p10le' }),
  'twelve-bit': markedClip('mkv', { pixels: 'yuv444p12le', video: ffv1 }),
  'no-colours': markedClip('mp4', { pixels: 'gray' }),
  'no-colours-ten-bit': markedClip('mkv', { pixels: 'gray10le', video: ffv1 }),
  rgb: markedClip('mkv', { matrix: null, pixels: 'bgr0', video: ffv1, tags: [] }),
  'rgb-large': markedClip('mkv', { marks: hd, matrix: null, pixels: 'gbrp', video: ffv1, tags: [] }),
  'rgb-h264': markedClip('mp4', {
    ...{ matrix: null, pixels: 'gbrp', tags: [] },
    video: ['-c:v', 'libx264rgb', '-preset', 'ultrafast', '-crf', '12'],
  }),
  'rgb-avi': markedClip('avi', { matrix: null, pixels: 'bgr24', video: ['-c:v', 'rawvideo'], tags: [] }),
  'rgb-avi-32': markedClip('avi', {
    ...{ matrix: null, filters: ['format=rgba', 'colorchannelmixer=aa=0'], pixels: 'bgra' },
    ...{ video: ['-c:v', 'rawvideo'], tags: [] },
  }),
  palette: markedClip('mov', { matrix: null, pixels: 'pal8', video: ['-c:v', 'png'], tags: [], audio: null }),
  'wide-gamut': markedClip('mp4', {
    filters: ['zscale=pin=709:tin=709:p=2020:t=2020_10:m=2020_ncl:r=tv'],
    ...{ matrix: null, pixels: 'yuv420p10le', tags: tagged('bt2020nc', 'bt2020', 'bt2020-10') },
  }),
  'screen-p3': markedClip('mp4', {
    filters: ['zscale=pin=709:tin=709:p=smpte432:t=709:m=709:r=tv'],
    ...{ matrix: null, tags: tagged('bt709', 'smpte432', 'bt709') },
  }),
  'see-through-prores': markedClip('mov', {
    filters: ['format=gbrap', seeThrough],
    ...{ pixels: 'yuva444p10le', video: ['-c:v', 'prores_ks', '-profile:v', '4444', '-qscale:v', '4'] },
    audio: ['-c:a', 'pcm_s16le'],
  }),
  'see-through-webm': markedClip('webm', {
    filters: ['format=gbrap', seeThrough],
    ...{
      pixels: 'yuva420p',
      video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '15', '-b:v', '0'],
    },
    audio: ['-c:a', 'libopus'],
  }),
  'see-through-animation': markedClip('mov', {
    filters: ['format=rgba', seeThrough],
    ...{ matrix: null, pixels: 'argb', video: ['-c:v', 'qtrle'], tags: [], audio: ['-c:a', 'pcm_s16le'] },
  }),
} as const satisfies Record<string, Recipe>

export const colourRows: readonly SourceRow<keyof typeof colourRecipes>[] = [
  { video: 'says-bt601', kind: 'colours' },
  { video: 'says-bt601-pal', kind: 'colours' },
  { video: 'full-range', kind: 'colours' },
  { video: 'full-range-709', kind: 'colours' },
  { video: 'ten-bit', kind: 'colours' },
  { video: 'ten-bit-hevc', kind: 'colours' },
  { video: 'all-colours', kind: 'colours' },
  { video: 'ten-bit-camera', kind: 'colours' },
  { video: 'ten-bit-all-colours', kind: 'colours' },
  { video: 'twelve-bit', kind: 'colours' },
  { video: 'no-colours', kind: 'colours', colours: 'grey' },
  { video: 'no-colours-ten-bit', kind: 'colours', colours: 'grey' },
  { video: 'rgb', kind: 'colours' },
  { video: 'rgb-large', kind: 'colours', ...large },
  { video: 'rgb-h264', kind: 'colours' },
  { video: 'rgb-avi', kind: 'colours' },
  { video: 'rgb-avi-32', kind: 'colours' },
  { video: 'palette', kind: 'colours', beeps: [], toleranceLevels: 20 },
  { video: 'says-fcc', kind: 'unsaid colours' },
  { video: 'contradicts-itself', kind: 'unsaid colours' },
  { video: 'says-nothing-small', kind: 'unsaid colours' },
  { video: 'says-nothing-large', kind: 'unsaid colours', ...large },
  { video: 'wide-gamut', kind: 'wide gamut' },
  { video: 'screen-p3', kind: 'wide gamut' },
  { video: 'see-through-prores', kind: 'alpha', colours: 'darkened' },
  { video: 'see-through-webm', kind: 'alpha', colours: 'darkened' },
  { video: 'see-through-animation', kind: 'alpha', colours: 'darkened' },
]
