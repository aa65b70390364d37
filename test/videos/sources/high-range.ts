import { derived, type Recipe } from '../recipe.ts'
import { h264, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const tags = (transfer: string) => [
  ...['-colorspace', 'bt2020nc', '-color_primaries', 'bt2020', '-color_trc', transfer, '-color_range', 'tv'],
]
// The painted colours as a screen would show them, its white as bright as paper: 203 cd/m2 (ITU-R BT.2408).
const into = (transfer: string) => [
  'zscale=pin=709:p=709:tin=709:min=gbr:m=gbr:t=linear:npl=203',
  'format=gbrpf32le',
  `zscale=p=2020:t=${transfer}:m=2020_ncl:r=tv:npl=203`,
]
const high = (
  transfer: 'smpte2084' | 'arib-std-b67',
  more: { tags?: readonly string[]; pixels?: string } = {},
): Recipe =>
  markedClip('mp4', {
    ...{ filters: into(transfer), matrix: null, pixels: 'yuv420p10le', tags: tags(transfer) },
    video: [...h264, '-crf', '12'],
    ...more,
  })
const hevc = markedClip('mp4', {
  ...{ filters: into('smpte2084'), matrix: null, pixels: 'yuv420p10le', tags: tags('smpte2084') },
  video: ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '12', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'],
})

// ISO/IEC 14496-12 and -15: the screen that it was made on (P3, 1,000 and 0.005 cd/m2), and its brightest and mean (1,000, 400).
const mastering = '00000020 6d646376 33c2 86c4 1d4c 0bb8 84d0 3e80 3d13 4042 00989680 00000032'
const light = '0000000c 636c6c69 03e8 0190'
/** Dolby's configuration (version 1.0, level 3, with its own data beside the picture), of a profile and a kind of base layer. */
const dolby = (name: 'dvcC' | 'dvvC', profile: number, compatibility: number) =>
  [
    `00000020 ${Buffer.from(name).toString('hex')} 0100`,
    ((profile << 9) | (3 << 3) | 0b101).toString(16).padStart(4, '0'),
    `${compatibility.toString(16)}0000000`,
    '00'.repeat(16),
  ].join('')

const boxed = (from: string, ...boxes: string[]): Recipe => ({ kind: 'boxed', extension: 'mp4', from, boxes })

/** Pictures of high dynamic range. */
export const highRangeRecipes = {
  pq: high('smpte2084'),
  hlg: high('arib-std-b67'),
  'pq-eight-bit': high('smpte2084', { pixels: 'yuv420p' }),
  'pq-half-said': high('smpte2084', { tags: ['-color_trc', 'smpte2084'] }),
  'marked-hdr10': hevc,
  hdr10: boxed('marked-hdr10', mastering, light),
  'hdr10-mkv': derived('mkv', 'hdr10', '-c', 'copy'),
  'dolby-over-hdr10': boxed('marked-hdr10', dolby('dvvC', 8, 1)),
  'dolby-over-hlg': boxed('hlg', dolby('dvvC', 8, 4)),
  'dolby-alone': boxed('marked-hdr10', dolby('dvcC', 5, 0)),
} as const satisfies Record<string, Recipe>

export const highRangeRows: readonly SourceRow<keyof typeof highRangeRecipes>[] = [
  { video: 'pq', kind: 'high range', colours: 'tone-mapped' },
  { video: 'hlg', kind: 'high range', colours: 'tone-mapped' },
  { video: 'pq-eight-bit', kind: 'high range', colours: 'tone-mapped', toleranceLevels: 14 },
  { video: 'pq-half-said', kind: 'high range', colours: 'tone-mapped' },
  { video: 'hdr10', kind: 'high range', colours: 'tone-mapped' },
  { video: 'hdr10-mkv', kind: 'high range', colours: 'tone-mapped' },
  { video: 'dolby-over-hdr10', kind: 'high range', colours: 'tone-mapped' },
  { video: 'dolby-over-hlg', kind: 'high range', colours: 'tone-mapped' },
  {
    video: 'dolby-alone',
    kind: 'dolby alone',
    refused: 'dolby_vision_only',
  },
]
