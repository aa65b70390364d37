import type { Recipe } from '../recipe.ts'
import { derived } from '../recipe.ts'
import { bt709, h264, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '18', '-x265-params', 'log-level=none'] as const
const av1 = ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '20', '-svtav1-params', 'lp=2'] as const
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M'] as const
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '15', '-b:v', '0'] as const
const opus = ['-c:a', 'libopus'] as const
const mp2 = ['-c:a', 'mp2'] as const
const mp3 = ['-c:a', 'libmp3lame'] as const
const pcm = ['-c:a', 'pcm_s16le'] as const
// Of old codecs the files say nothing of their colours.
const old = { matrix: 'bt601', tags: [] } as const
const pal = { rate: '25' } as const

/** What cameras, phones, recorders and old computers encode with, and put it into. */
export const codecRecipes = {
  'hevc-hvc1': markedClip('mp4', { video: [...hevc, '-tag:v', 'hvc1'] }),
  'hevc-hev1': markedClip('mov', { video: [...hevc, '-tag:v', 'hev1'] }),
  'hevc-ts': markedClip('ts', { video: hevc }),
  'av1-mp4': markedClip('mp4', { video: av1 }),
  'av1-webm': markedClip('webm', { video: av1, audio: opus }),
  'av1-mkv': derived('mkv', 'av1-mp4', '-c', 'copy'),
  'vp8-webm': markedClip('webm', { ...old, video: vp8, audio: ['-c:a', 'libvorbis'] }),
  'vp9-mp4': markedClip('mp4', { video: vp9, audio: opus }),
  'prores-mov': markedClip('mov', {
    pixels: 'yuv422p10le',
    video: ['-c:v', 'prores_ks', '-qscale:v', '6'],
    audio: pcm,
  }),
  'dnxhr-mov': markedClip('mov', { pixels: 'yuv422p', video: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_sq'], audio: pcm }),
  'dnxhr-mxf': markedClip('mxf', {
    ...{ marks: pal, pixels: 'yuv422p', video: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_sq'] },
    audio: [...pcm, '-ar', '48000'],
  }),
  'mjpeg-avi': markedClip('avi', {
    ...{ matrix: 'bt601', range: 'pc', pixels: 'yuvj422p', tags: [] },
    ...{ video: ['-c:v', 'mjpeg', '-q:v', '2'], audio: pcm },
  }),
  'mpeg2-ps': markedClip('mpg', {
    ...old,
    marks: pal,
    video: ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2'],
    audio: mp2,
  }),
  'dvd-vob': markedClip('vob', {
    ...{ ...old, marks: pal, video: ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2'], audio: ['-c:a', 'ac3'] },
    more: ['-f', 'vob'],
  }),
  'mpeg1-ps': markedClip('mpg', { ...old, marks: pal, video: ['-c:v', 'mpeg1video', '-q:v', '2'], audio: mp2 }),
  'xvid-avi': markedClip('avi', {
    ...old,
    video: ['-c:v', 'mpeg4', '-bf', '2', '-q:v', '2', '-tag:v', 'XVID'],
    audio: mp3,
  }),
  'avi-without-index': { kind: 'replaced', extension: 'avi', from: 'xvid-avi', find: 'idx1', put: 'JUNK' },
  'divx3-avi': markedClip('avi', { ...old, video: ['-c:v', 'msmpeg4', '-q:v', '2'], audio: mp3 }),
  'wmv2-wmv': markedClip('wmv', { ...old, video: ['-c:v', 'wmv2', '-q:v', '2'], audio: ['-c:a', 'wmav2'] }),
  'sorenson-flv': markedClip('flv', { ...old, video: ['-c:v', 'flv', '-q:v', '2'], audio: [...mp3, '-ar', '44100'] }),
  'h264-flv': markedClip('flv'),
  'h263-3gp': markedClip('3gp', {
    ...{ ...old, marks: { width: 352, height: 288 }, video: ['-c:v', 'h263', '-q:v', '2', '-tag:v', 's263'] },
    audio: ['-c:a', 'aac', '-ar', '16000', '-ac', '1'],
  }),
  'theora-ogv': markedClip('ogv', { ...old, video: ['-c:v', 'libtheora', '-q:v', '9'], audio: ['-c:a', 'libvorbis'] }),
  'ffv1-mkv': markedClip('mkv', { video: ['-c:v', 'ffv1'], audio: ['-c:a', 'flac'] }),
  'utvideo-avi': markedClip('avi', { ...old, pixels: 'yuv422p', video: ['-c:v', 'utvideo'], audio: pcm }),
  'huffyuv-avi': markedClip('avi', { ...old, pixels: 'yuv422p', video: ['-c:v', 'huffyuv'], audio: pcm }),
  'raw-avi': markedClip('avi', { ...old, pixels: 'yuv420p', video: ['-c:v', 'rawvideo'], audio: pcm }),
  'h264-avi': markedClip('avi', { video: [...h264, ...bt709], audio: mp3 }),
  'mjpeg-mov': markedClip('mov', {
    ...{ matrix: 'bt601', range: 'pc', pixels: 'yuvj420p', tags: [] },
    ...{ video: ['-c:v', 'mjpeg', '-q:v', '2'], audio: pcm },
  }),
  'animation-mov': markedClip('mov', {
    ...{ matrix: null, pixels: 'rgb24', video: ['-c:v', 'qtrle'], tags: [], audio: pcm },
  }),
  'marked-xvid': markedClip('avi', {
    ...old,
    video: ['-c:v', 'mpeg4', '-bf', '1', '-b_strategy', '0', '-q:v', '2', '-tag:v', 'XVID'],
    audio: mp3,
  }),
  'xvid-packed': { kind: 'rewritten', extension: 'avi', from: 'marked-xvid', how: 'packed' },
  gif: markedClip('gif', {
    ...{ marks: { rate: '10' }, filters: ['split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none'] },
    ...{ matrix: null, pixels: 'pal8', video: ['-c:v', 'gif'], tags: [], audio: null },
  }),
  apng: markedClip('apng', {
    ...{ marks: { rate: '25' }, matrix: null, pixels: 'rgb24', video: ['-c:v', 'apng', '-plays', '0'], tags: [] },
    audio: null,
  }),
} as const satisfies Record<string, Recipe>

const row = <Name extends string>(video: Name, more: object = {}): SourceRow<Name> => ({
  ...{ video, kind: 'codec' },
  ...more,
})
const at25 = { rate: '25/1', marksRate: 25 }

export const codecRows: readonly SourceRow<keyof typeof codecRecipes>[] = [
  row('hevc-hvc1'),
  row('hevc-hev1'),
  row('hevc-ts'),
  row('av1-mp4'),
  row('av1-webm'),
  row('av1-mkv'),
  row('vp8-webm'),
  row('vp9-mp4'),
  row('prores-mov'),
  row('dnxhr-mov'),
  row('dnxhr-mxf', at25),
  row('mjpeg-avi'),
  row('mpeg2-ps', at25),
  row('dvd-vob', at25),
  row('mpeg1-ps', at25),
  row('xvid-avi'),
  row('avi-without-index'),
  row('divx3-avi'),
  row('wmv2-wmv', { flashes: [0.233, 1.633] }),
  row('sorenson-flv'),
  row('h264-flv'),
  row('h263-3gp', { width: 352, height: 288 }),
  row('theora-ogv'),
  row('ffv1-mkv'),
  row('utvideo-avi'),
  row('huffyuv-avi'),
  row('raw-avi'),
  row('h264-avi'),
  row('mjpeg-mov'),
  row('animation-mov'),
  row('xvid-packed'),
  { video: 'gif', kind: 'animation', rate: '10/1', marksRate: 10, beeps: [] },
  { video: 'apng', kind: 'animation', ...at25, beeps: [] },
]
