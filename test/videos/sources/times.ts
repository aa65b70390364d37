import { cut, derived, type Recipe } from '../recipe.ts'
import { aac, h264, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const withB = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-bf', '3', '-g', '15'] as const
const openGop = [...withB, '-x264-params', 'open-gop=1'] as const
const at = (rate: string, video: readonly string[] = h264) => markedClip('mp4', { marks: { rate }, video })

/** Pictures whose times are not those of a regular grid that begins at zero. */
export const timeRecipes = {
  'marked-plain': markedClip('mp4', { video: withB }),
  'at-24': at('24'),
  'at-film': at('24000/1001'),
  'at-25': at('25'),
  'at-ntsc': at('30000/1001'),
  'at-50': at('50'),
  'at-12': at('12'),
  'at-120': at('120'),
  'at-240': at('240'),
  'phone-varies': markedClip('mp4', {
    marks: { seconds: 4 },
    filters: ["select='lt(t,2)+not(mod(n,3))'"],
    video: [...h264, '-fps_mode', 'vfr'],
  }),
  // As screen recorders write it: a frame when something moved, times in milliseconds.
  'screen-varies': markedClip('mkv', {
    marks: { seconds: 4, rate: '60' },
    filters: ["select='not(mod(n,2))+lt(mod(n,11),2)'", 'settb=1/1000'],
    video: [...h264, '-fps_mode', 'vfr', '-enc_time_base', '1/1000'],
  }),
  'b-frames': markedClip('mp4', { video: openGop }),
  'index-first': derived('mp4', 'marked-plain', '-c', 'copy', '-movflags', '+faststart'),
  fragments: derived('mp4', 'marked-plain', '-c', 'copy', '-movflags', '+frag_keyframe+delay_moov+default_base_moof'),
  'cut-by-edit-list': derived('mp4', 'marked-plain', '-ss', '0.7', '-c', 'copy'),
  'delayed-by-edit-list': markedClip('mp4', { more: ['-output_ts_offset', '0.5'] }),
  'late-clock-ts': derived('ts', 'marked-plain', '-c', 'copy', '-output_ts_offset', '4321'),
  'before-zero': derived(
    'mkv',
    'marked-plain',
    '-c',
    'copy',
    '-output_ts_offset',
    '-0.5',
    '-avoid_negative_ts',
    'disabled',
  ),
  'clock-leaps-ts': {
    kind: 'joined',
    extension: 'ts',
    from: ['late-clock-ts', 'later-clock-ts'],
  },
  'clock-returns-ts': {
    kind: 'joined',
    extension: 'ts',
    from: ['late-clock-ts', 'late-clock-ts'],
  },
  'later-clock-ts': derived('ts', 'marked-plain', '-c', 'copy', '-output_ts_offset', '5321'),
  'clock-returns-ps': {
    kind: 'joined',
    extension: 'mpg',
    from: ['marked-ps', 'marked-ps'],
  },
  'marked-ps': markedClip('mpg', {
    marks: { rate: '25' },
    video: ['-c:v', 'mpeg2video', '-q:v', '3'],
    audio: ['-c:a', 'mp2'],
  }),
  'wraps-ts': derived('ts', 'marked-plain', '-c', 'copy', '-output_ts_offset', '95442.7'),
  'one-marked-frame': markedClip('mp4', { marks: { seconds: 0.03 }, audio: null }),
  'a-moment': markedClip('mp4', { marks: { seconds: 0.2 } }),
  'cut-marked': cut('mp4', 'index-first', 600),
  'cut-marked-mkv': cut('mkv', 'marked-mkv', 600),
  'cut-marked-ts': cut('ts', 'marked-long-ts', 600),
  'screen-still': markedClip('mkv', {
    marks: { seconds: 4, rate: '60' },
    filters: ["select='not(mod(n,2))*not(between(t,1,3))'", 'settb=1/1000'],
    video: [...h264, '-fps_mode', 'vfr', '-enc_time_base', '1/1000'],
  }),
  // The first is not what the file says is shown.
  'two-pictures': derived(
    ...['mp4', 'marked-plain', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=2'],
    ...[
      '-map',
      '1:v',
      '-map',
      '0',
      '-c',
      'copy',
      '-c:v:0',
      'libx264',
      '-disposition:v:0',
      '0',
      '-disposition:v:1',
      'default',
    ],
  ),
  // Times are milliseconds there, and the sound begins 21 of them earlier: half a frame of 24 a second.
  'film-remuxed': derived('mkv', 'at-24-b', '-c', 'copy'),
  'fifty-remuxed': derived('flv', 'at-50-b', '-c', 'copy'),
  'at-24-b': at('24', withB),
  'at-50-b': at('50', withB),
  'marked-mkv': derived('mkv', 'marked-plain', '-c', 'copy'),
  'marked-long-ts': markedClip('ts', { marks: { seconds: 4 }, audio: aac }),
} as const satisfies Record<string, Recipe>

export const timeRows: readonly SourceRow<keyof typeof timeRecipes>[] = [
  { video: 'at-24', kind: 'constant rate', rate: '24/1', marksRate: 24 },
  { video: 'at-film', kind: 'constant rate', rate: '24000/1001', marksRate: 24000 / 1001 },
  { video: 'at-25', kind: 'constant rate', rate: '25/1', marksRate: 25 },
  { video: 'at-ntsc', kind: 'constant rate', rate: '30000/1001', marksRate: 30000 / 1001 },
  { video: 'at-50', kind: 'constant rate', rate: '50/1', marksRate: 50 },
  { video: 'at-12', kind: 'constant rate', rate: '12/1', marksRate: 12 },
  { video: 'at-120', kind: 'constant rate', rate: '60/1', marksRate: 120 },
  { video: 'at-240', kind: 'constant rate', rate: '60/1', marksRate: 240 },
  {
    ...{ video: 'film-remuxed', kind: 'constant rate', rate: '24/1', seconds: 2.021 },
    ...{ marksRate: 24, flashes: [0.23, 1.646], beeps: [0.221, 1.621], toleranceFrames: 2, framesApart: 1 },
  },
  {
    ...{ video: 'fifty-remuxed', kind: 'constant rate', rate: '50/1', seconds: 2.061 },
    ...{ marksRate: 50, flashes: [0.221, 1.621], framesApart: 1 },
  },
  { video: 'phone-varies', kind: 'varying rate', seconds: 118 / 30, flashes: [0.2, 3.6], toleranceFrames: 3 },
  {
    video: 'screen-varies',
    kind: 'varying rate',
    seconds: 4,
    rate: '60/1',
    marksRate: 60,
    flashes: [0.22, 3.62],
    toleranceFrames: 4,
  },
  {
    ...{ video: 'screen-still', kind: 'varying rate', seconds: 4, rate: '60/1', marksRate: 60 },
    ...{ flashes: [0.22, 3.62], still: [29 / 30, 3.04], toleranceFrames: 4 },
  },
  { video: 'two-pictures', kind: 'tracks' },
  { video: 'b-frames', kind: 'order' },
  { video: 'index-first', kind: 'mp4 index' },
  { video: 'marked-plain', kind: 'mp4 index' },
  { video: 'fragments', kind: 'mp4 index' },
  {
    video: 'cut-by-edit-list',
    kind: 'start',
    seconds: 1.3,
    marksStartSeconds: 0.7,
    flashes: [0.9],
    beeps: [0.9],
  },
  { video: 'delayed-by-edit-list', kind: 'start' },
  { video: 'late-clock-ts', kind: 'start' },
  { video: 'before-zero', kind: 'start' },
  { video: 'wraps-ts', kind: 'leaping clock' },
  {
    video: 'clock-leaps-ts',
    kind: 'leaping clock',
    seconds: 4,
    marksRepeatSeconds: 2,
    flashes: [0.22, 1.62, 2.24, 3.64],
  },
  {
    video: 'clock-returns-ts',
    kind: 'leaping clock',
    seconds: 4,
    marksRepeatSeconds: 2,
    flashes: [0.22, 1.62, 2.24, 3.64],
  },
  {
    ...{
      video: 'clock-returns-ps',
      kind: 'leaping clock',
      seconds: 4,
      marksRepeatSeconds: 2,
      flashes: [0.22, 1.62, 2.24, 3.64],
    },
    ...{ rate: '25/1', marksRate: 25 },
  },
  { video: 'one-marked-frame', kind: 'short', seconds: 1 / 30, flashes: [], beeps: [] },
  { video: 'a-moment', kind: 'short', seconds: 0.2, flashes: [], beeps: [] },
  { video: 'cut-marked', kind: 'cut short', refused: 'source_truncated' },
  { video: 'cut-marked-mkv', kind: 'cut short', refused: 'source_truncated' },
]
