import { encoded, type Recipe } from './recipe.ts'

const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=4'] as const
const sound = (expression: string, channels: string, rate: number) =>
  ['-f', 'lavfi', '-i', `aevalsrc=${expression}:s=${rate}:c=${channels}:d=4`] as const
// Where it is, can be told to the sample.
const noise = (channels: string, rate: number) =>
  [
    ...['-f', 'lavfi', '-i'],
    `anoisesrc=sample_rate=${rate}:duration=4:amplitude=0.5:color=pink:seed=5,lowpass=3000,aformat=channel_layouts=${channels}`,
  ] as const
const tone = 'sin(880*PI*t)/8'
// From half a second on an octave higher, and twice as loud.
const late = 'if(lt(t\\,0.5)\\,0\\,sin(1760*PI*t)/4)'
const video = ['-map', '1', '-map', '0', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'mp2'] as const
const mp3 = ['-c:a', 'libmp3lame', '-b:a', '64k', '-write_xing', '0', '-id3v2_version', '0'] as const

/** Sounds whose format changes in their middle, after four seconds. */
export const formatChangeRecipes = {
  'mono-ts': encoded('ts', ...sound(tone, 'mono', 48000), ...picture, ...video),
  'stereo-later-ts': encoded(
    'ts',
    ...[...sound(`${late}|${late}`, 'stereo', 48000), ...picture, ...video, '-output_ts_offset', '4'],
  ),
  'mono-then-stereo-ts': { kind: 'joined', extension: 'ts', from: ['mono-ts', 'stereo-later-ts'] },
  // The sound begins 0.8 s after the picture, which is when it is heard to begin.
  'mono-late-ts': encoded(
    'ts',
    ...[
      ...picture,
      '-itsoffset',
      '0.8',
      ...sound(tone, 'mono', 48000),
      '-map',
      '0',
      '-map',
      '1',
      '-t',
      '4',
      ...video.slice(4),
    ],
  ),
  'late-then-stereo-ts': { kind: 'joined', extension: 'ts', from: ['mono-late-ts', 'stereo-later-ts'] },
  'mono-noise-ts': encoded('ts', ...noise('mono', 48000), ...picture, ...video),
  'stereo-noise-ts': encoded('ts', ...noise('stereo', 48000), ...picture, ...video, '-output_ts_offset', '4.02'),
  'noise-then-stereo-ts': { kind: 'joined', extension: 'ts', from: ['mono-noise-ts', 'stereo-noise-ts'] },
  'mono-mp3': encoded('mp3', ...sound(tone, 'mono', 44100), ...mp3),
  'stereo-mp3': encoded('mp3', ...sound(`${late}|${late}`, 'stereo', 48000), ...mp3),
  'mono-then-stereo-mp3': { kind: 'joined', extension: 'mp3', from: ['mono-mp3', 'stereo-mp3'] },
} as const satisfies Record<string, Recipe>
