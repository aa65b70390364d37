import { derived, type Recipe } from '../recipe.ts'
import { aac, h264, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const pcm = ['-c:a', 'pcm_s16le'] as const
// Of old codecs the files say nothing of their colours.
const old = { matrix: 'bt601', tags: [] } as const
const rgb = { matrix: null, tags: [] } as const
const ntsc = { width: 720, height: 480, rate: '30000/1001' }

/** What cameras, telephones, recorders and editors write that is odd in a way of its own. */
export const deviceRecipes = {
  // Action cameras and drones: a clock and subtitles with figures of the flight, and a preview of one frame, larger than the video.
  'action-camera': derived('mov', 'marked-plain', '-map', '0', '-c', 'copy', '-timecode', '23:59:59:00'),
  drone: derived(
    ...[
      'mp4',
      'marked-plain',
      '-f',
      'lavfi',
      '-i',
      'color=red:size=640x360:rate=1:duration=1',
      '-map',
      '1:v',
      '-map',
      '0',
    ],
    ...['-c', 'copy', '-c:v:0', 'mjpeg', '-pix_fmt:v:0', 'yuvj420p', '-disposition:v:0', 'default'],
  ),
  // Spatial sound of a telephone beside the usual one: nothing but its maker's programs decodes it.
  'two-sounds': markedClip('mp4', {
    ...{ audio: ['-c:a:0', 'ac3', '-c:a:1', 'aac'] },
    more: ['-map', '0', '-map', '1', '-map', '1', '-disposition:a:0', 'default'],
  }),
  'spatial-sound': { kind: 'replaced', extension: 'mp4', from: 'two-sounds', find: 'ac-3', put: 'apac' },
  avchd: markedClip('mts', {
    marks: { width: 360, height: 576, rate: '50', number: 'floor((n+1)/2)' },
    filters: ['tinterlace=interleave_top', 'setfield=tff', 'setsar=16/9'],
    ...{ matrix: 'bt601', tags: ['-colorspace', 'bt470bg'], audio: ['-c:a', 'ac3'] },
    video: [...h264, '-flags', '+ildct+ilme', '-x264-params', 'tff=1'],
    more: ['-f', 'mpegts', '-mpegts_m2ts_mode', '1'],
  }),
  'dv-ntsc': markedClip('dv', {
    ...{ ...old, marks: ntsc, pixels: 'yuv411p', filters: ['setsar=8/9'], video: ['-c:v', 'dvvideo'] },
    audio: [...pcm, '-ac', '2'],
  }),
  'intra-mxf': markedClip('mxf', {
    ...{ marks: { rate: '25' }, pixels: 'yuv422p10le', video: [...h264, '-g', '1', '-profile:v', 'high422'] },
    audio: ['-c:a', 'pcm_s24le', '-ar', '48000'],
  }),
  cineform: markedClip('mov', { pixels: 'yuv422p10le', video: ['-c:v', 'cfhd'], audio: ['-c:a', 'pcm_s24le'] }),
  'uncompressed-10': markedClip('mov', { pixels: 'yuv422p10le', video: ['-c:v', 'v210'], audio: pcm }),
  hap: markedClip('mov', { ...rgb, pixels: 'rgba', video: ['-c:v', 'hap'], audio: pcm }),
  'old-quicktime': markedClip('mov', {
    ...{ ...rgb, marks: { seconds: 1 }, pixels: 'rgb24', video: ['-c:v', 'cinepak'], audio: ['-c:a', 'adpcm_ima_qt'] },
  }),
  'old-windows': markedClip('avi', {
    ...{ ...rgb, pixels: 'rgb555le', video: ['-c:v', 'msvideo1'], audio: ['-c:a', 'adpcm_ms'] },
  }),
  'screen-dosbox': markedClip('avi', { ...rgb, pixels: 'bgr0', video: ['-c:v', 'zmbv'], audio: pcm }),
  'screen-flash': markedClip('flv', {
    ...{
      ...rgb,
      pixels: 'bgr24',
      video: ['-c:v', 'flashsv'],
      audio: ['-c:a', 'nellymoser', '-ar', '22050', '-ac', '1'],
    },
  }),
  'see-through-vp8': markedClip('webm', {
    filters: ['format=gbrap', 'colorchannelmixer=aa=0.8'],
    ...{ ...old, pixels: 'yuva420p', audio: ['-c:a', 'libvorbis'] },
    video: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M', '-auto-alt-ref', '0'],
  }),
  'grain-av1': markedClip('mp4', {
    pixels: 'yuv420p10le',
    video: ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '20', '-svtav1-params', 'lp=2:film-grain=8'],
  }),
  'sound-dts': markedClip('ts', { audio: ['-c:a', 'dca', '-strict', '-2', '-ac', '2'] }),
  'sound-telephone': markedClip('mov', { audio: ['-c:a', 'pcm_mulaw', '-ar', '8000', '-ac', '1'] }),
  'named-wrongly': derived('mp4', 'marked-plain', '-c', 'copy', '-f', 'matroska'),
  // A slide is shown, and somebody goes on talking: nothing is written of it any more.
  'slide-stays': markedClip('mp4', {
    filters: ["select='lt(t,1)*not(eq(mod(n,10),3))'"],
    ...{ video: [...h264, '-fps_mode', 'vfr'], audio: aac, more: ['-af', 'atrim=end=1.5'] },
  }),
  // The first half of it, and then the second.
  'two-edits': {
    ...{ kind: 'boxed', extension: 'mp4', from: 'marked-plain' },
    edits: [
      [1000, 1024],
      [1000, 1024 + 15_360],
    ],
  },
  // As shops and streaming services protect theirs (Common Encryption).
  protected: markedClip('mp4', {
    more: [
      '-encryption_scheme',
      'cenc-aes-ctr',
      '-encryption_key',
      '00'.repeat(16),
      '-encryption_kid',
      '11'.repeat(16),
    ],
  }),
  'animated-webp': markedClip('webp', {
    marks: { rate: '10' },
    video: ['-c:v', 'libwebp_anim'],
    tags: [],
    audio: null,
  }),
  // Nothing for half a second, then from 0.7 to 2 s: within a group of pictures.
  'late-and-cut': {
    ...{ kind: 'boxed', extension: 'mp4', from: 'marked-plain' },
    edits: [
      [500, -1],
      [1300, 1024 + 10_752],
    ],
  },
} as const satisfies Record<string, Recipe>

const at25 = { rate: '25/1', marksRate: 25 }

export const deviceRows: readonly SourceRow<keyof typeof deviceRecipes>[] = [
  { video: 'drone', kind: 'tracks' },
  { video: 'action-camera', kind: 'tracks' },
  { video: 'sound-dts', kind: 'channels' },
  { video: 'spatial-sound', kind: 'sound tracks' },
  { video: 'avchd', kind: 'interlaced', width: 640, height: 576, ...at25 },
  { video: 'intra-mxf', kind: 'codec', ...at25 },
  {
    video: 'slide-stays',
    kind: 'varying rate',
    seconds: 1.5,
    still: [29 / 30, 1.6],
    flashes: [0.2],
    toleranceFrames: 2,
  },
  { video: 'uncompressed-10', kind: 'codec' },
  { video: 'hap', kind: 'codec', toleranceLevels: 20 },
  { video: 'two-edits', kind: 'start' },
  { video: 'protected', kind: 'unreadable', refused: 'source_encrypted' },
  { video: 'animated-webp', kind: 'unreadable', refused: 'picture_instead' },
  { video: 'old-windows', kind: 'codec', toleranceLevels: 20 },
  { video: 'screen-dosbox', kind: 'codec' },
  { video: 'dv-ntsc', kind: 'codec', width: 640, height: 480, rate: '30000/1001', marksRate: 30_000 / 1001 },
  { video: 'screen-flash', kind: 'codec' },
  { video: 'see-through-vp8', kind: 'alpha', colours: 'darkened' },
  { video: 'cineform', kind: 'codec' },
  { video: 'grain-av1', kind: 'codec', toleranceLevels: 12 },
  { video: 'sound-telephone', kind: 'channels' },
  { video: 'named-wrongly', kind: 'codec' },
  { video: 'old-quicktime', kind: 'codec', seconds: 1, toleranceLevels: 30 },
]
