import { encoded, type Recipe } from '../recipe.ts'
import { markedSound } from './marked.ts'
import { aac, markedClip } from './marked-clip.ts'
import type { SourceRow } from './source-row.ts'

const mixed = (layout: string, channel: string, codec: readonly string[], extension = 'mp4') =>
  markedClip(extension, { audio: codec, more: ['-af', `pan=${layout}|${channel}=c0`] })

/** Sounds of more channels or tracks than one is heard of, or of less of it than there is to be seen. */
export const soundSourceRecipes = {
  'sound-5-1': mixed('5.1', 'FC', aac),
  'sound-5-1-side': mixed('5.1(side)', 'FC', ['-c:a', 'ac3'], 'ts'),
  'sound-5-1-flac': mixed('5.1', 'FC', ['-c:a', 'flac'], 'mkv'),
  'sound-7-1': mixed('7.1', 'FC', ['-c:a', 'pcm_s16le'], 'mov'),
  'sound-quad': markedClip('mkv', { audio: ['-c:a', 'pcm_s16le'], more: ['-af', 'pan=quad|FL=c0|FR=c0'] }),
  // Nobody says which is which.
  'sound-six': markedClip('avi', {
    audio: ['-c:a', 'pcm_s16le'],
    more: ['-af', 'pan=6c|c0=0*c0|c1=0*c0|c2=c0|c3=0*c0|c4=0*c0|c5=0*c0'],
  }),
  'sound-second-track': markedClip('mkv', {
    more: [
      ...['-filter_complex', 'anullsrc=r=48000:cl=mono:d=2[none]', '-map', '0:v', '-map', '[none]', '-map', '1:a'],
      ...['-disposition:a:0', '0', '-disposition:a:1', 'default'],
    ],
  }),
  'sound-late': markedClip('mp4', { more: ['-af', 'atrim=start=0.15'] }),
  'sound-short': markedClip('mp4', { more: ['-af', 'atrim=end=1.8'] }),
  'marked-sound-only': encoded('mp3', ...markedSound(), '-c:a', 'libmp3lame'),
  'cover-only': encoded(
    'm4a',
    ...[...markedSound(), '-f', 'lavfi', '-i', 'color=red:size=64x64:rate=1:duration=1', '-map', '0:a', '-map', '1:v'],
    ...['-c:a', 'aac', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-frames:v', '1', '-disposition:v', 'attached_pic'],
  ),
} as const satisfies Record<string, Recipe>

export const soundSourceRows: readonly SourceRow<keyof typeof soundSourceRecipes>[] = [
  { video: 'sound-5-1', kind: 'channels' },
  { video: 'sound-5-1-side', kind: 'channels' },
  { video: 'sound-5-1-flac', kind: 'channels' },
  { video: 'sound-7-1', kind: 'channels' },
  { video: 'sound-quad', kind: 'channels' },
  { video: 'sound-six', kind: 'channels' },
  { video: 'sound-second-track', kind: 'sound tracks' },
  { video: 'sound-late', kind: 'late sound' },
  { video: 'sound-short', kind: 'late sound' },
  { video: 'marked-sound-only', kind: 'sound alone', refused: 'no_picture' },
  { video: 'cover-only', kind: 'sound alone', refused: 'no_picture' },
]
