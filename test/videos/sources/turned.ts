import type { Recipe } from '../recipe.ts'
import { h264, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const boxed = (from: string, matrix: readonly [number, number, number, number]): Recipe => ({
  kind: 'boxed',
  extension: 'mp4',
  from,
  matrix,
})

/** Pictures that are not stored as they are to be seen. */
export const turnedRecipes = {
  'marked-turned-left': markedClip('mp4', { filters: ['transpose=cclock'] }),
  'marked-turned-right': markedClip('mp4', { filters: ['transpose=clock'] }),
  'marked-upside-down': markedClip('mp4', { filters: ['hflip,vflip'] }),
  'marked-mirrored': markedClip('mp4', { filters: ['hflip'] }),
  'marked-flipped': markedClip('mp4', { filters: ['vflip'] }),
  'phone-90': boxed('marked-turned-left', [0, 1, -1, 0]),
  'phone-270': boxed('marked-turned-right', [0, -1, 1, 0]),
  'phone-180': boxed('marked-upside-down', [-1, 0, 0, -1]),
  selfie: boxed('marked-mirrored', [-1, 0, 0, 1]),
  'drone-upside-down': boxed('marked-flipped', [1, 0, 0, -1]),
  'marked-transposed': markedClip('mp4', { filters: ['transpose=cclock_flip'] }),
  'selfie-turned': boxed('marked-transposed', [0, 1, 1, 0]),
  'marked-transversed': markedClip('mp4', { filters: ['transpose=clock_flip'] }),
  'selfie-turned-back': boxed('marked-transversed', [0, -1, -1, 0]),
  portrait: markedClip('mp4', { marks: { width: 180, height: 320 } }),
  'marked-portrait-turned': markedClip('mp4', { marks: { width: 180, height: 320 }, filters: ['transpose=cclock'] }),
  'phone-portrait': boxed('marked-portrait-turned', [0, 1, -1, 0]),
  'wide-pixels': markedClip('mp4', { marks: { width: 240 }, filters: ['setsar=4/3'] }),
  'narrow-pixels': markedClip('mp4', { marks: { width: 640 }, filters: ['setsar=1/2'] }),
  'marked-wide-pixels-turned': markedClip('mp4', {
    marks: { width: 240 },
    filters: ['setsar=4/3', 'transpose=cclock'],
  }),
  'wide-pixels-turned': boxed('marked-wide-pixels-turned', [0, 1, -1, 0]),
  'marked-narrow-pixels-turned': markedClip('mp4', {
    marks: { height: 90 },
    filters: ['setsar=1/2', 'transpose=cclock'],
  }),
  'narrow-pixels-turned': boxed('marked-narrow-pixels-turned', [0, 1, -1, 0]),
  'portrait-wide-pixels': markedClip('mp4', { marks: { width: 120, height: 320 }, filters: ['setsar=3/2'] }),
  'odd-sides': markedClip('mp4', {
    marks: { width: 321, height: 181 },
    pixels: 'yuv444p',
    video: h264,
  }),
  'odd-sides-vp9': markedClip('webm', {
    marks: { width: 321, height: 181 },
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '20', '-b:v', '0'],
    audio: ['-c:a', 'libopus'],
  }),
  'very-wide': markedClip('mp4', { marks: { width: 640, height: 90 } }),
} as const satisfies Record<string, Recipe>

export const turnedRows: readonly SourceRow<keyof typeof turnedRecipes>[] = [
  { video: 'phone-90', kind: 'turned' },
  { video: 'phone-270', kind: 'turned' },
  { video: 'phone-180', kind: 'turned' },
  { video: 'selfie', kind: 'turned' },
  { video: 'drone-upside-down', kind: 'turned' },
  { video: 'selfie-turned', kind: 'turned' },
  { video: 'selfie-turned-back', kind: 'turned' },
  { video: 'phone-portrait', kind: 'turned', width: 180, height: 320 },
  { video: 'portrait', kind: 'portrait', width: 180, height: 320 },
  { video: 'wide-pixels', kind: 'pixel shape', width: 320 },
  { video: 'narrow-pixels', kind: 'pixel shape', width: 320 },
  { video: 'wide-pixels-turned', kind: 'pixel shape' },
  { video: 'narrow-pixels-turned', kind: 'pixel shape' },
  { video: 'portrait-wide-pixels', kind: 'pixel shape', width: 180, height: 320 },
  { video: 'odd-sides', kind: 'odd sides', height: 180 },
  { video: 'odd-sides-vp9', kind: 'odd sides', height: 180 },
  {
    video: 'very-wide',
    kind: 'shape',
    width: 640,
    height: 90,
  },
]
