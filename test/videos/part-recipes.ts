import { partSourceRecipes } from './part-source-recipes.ts'
import { derived, encoded, type Recipe } from './recipe.ts'

const picture = (rate: string, seconds: number, size = '160x90') =>
  ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`] as const
// Noise is heard to be in step or not, at any moment; a tone is the same a period later.
const noise = (seconds: number, rate: number) =>
  ['-f', 'lavfi', '-i', `anoisesrc=sample_rate=${rate}:duration=${seconds}:amplitude=0.3:seed=7`] as const
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'] as const

/** Sources that are hard to enter in the middle. */
export const partRecipes = {
  ...partSourceRecipes,
  'open-gop': encoded(
    'mp4',
    ...[
      ...picture('30000/1001', 16),
      ...noise(16, 44100),
      ...h264,
      '-bf',
      '3',
      '-g',
      '90',
      '-x264-params',
      'open-gop=1',
    ],
    ...['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart'],
  ),
  'open-gop-mkv': derived('mkv', 'open-gop', '-c', 'copy'),
  'open-gop-ts': derived('ts', 'open-gop', '-c', 'copy', '-output_ts_offset', '4321'),
  'open-gop-edited': derived('mp4', 'open-gop', '-ss', '4.3', '-c', 'copy'),
  // Its clock is found anywhere, a key frame only every twelve seconds.
  'rare-keys-ts': encoded(
    'ts',
    ...[...picture('25', 40), ...noise(40, 48000), ...h264, '-g', '300', '-keyint_min', '300', '-sc_threshold', '0'],
    ...['-c:a', 'mp2'],
  ),
  // Two of three frames, and for six seconds none at all.
  gap: encoded(
    'mp4',
    ...[...picture('30', 16), ...noise(16, 22050)],
    ...[
      '-vf',
      "select='not(between(t,5,11))*not(mod(n,3))+eq(n,0)'",
      '-fps_mode',
      'vfr',
      ...h264,
      '-bf',
      '2',
      '-c:a',
      'aac',
    ],
  ),
  'picture-much-later': encoded(
    'mp4',
    ...['-itsoffset', '6', ...picture('30', 8), ...noise(14, 48000), ...h264, '-g', '60', '-c:a', 'aac'],
  ),
  'interlaced-longer': encoded(
    'mp4',
    ...[
      ...picture('50', 12, '160x96'),
      '-vf',
      'interlace=scan=tff',
      ...h264,
      '-flags',
      '+ildct+ilme',
      '-x264-params',
      'tff=1',
    ],
  ),
  'old-camera-longer': encoded(
    'avi',
    ...[...picture('25', 12), ...noise(12, 44100), '-c:v', 'mpeg4', '-bf', '2', '-q:v', '4', '-c:a', 'mp3'],
  ),
} as const satisfies Record<string, Recipe>
