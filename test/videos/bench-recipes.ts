import { encoded, type Recipe } from './recipe.ts'

const SIZES = { '1080': { size: '1920x1080', seconds: 4 }, '2160': { size: '3840x2160', seconds: 2 } } as const

const clip = (rows: keyof typeof SIZES, source: (size: string) => string, filters: string): Recipe => {
  const { size, seconds } = SIZES[rows]
  return encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', source(size), '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...['-t', String(seconds), '-vf', `${filters}format=yuv420p`],
    // What says nothing of its colours may be converted, and would not look like itself.
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '8', '-c:a', 'aac', '-movflags', '+faststart'],
  )
}

const noise = (rows: keyof typeof SIZES) =>
  clip(
    rows,
    (size) =>
      `mandelbrot=size=${size}:rate=30:start_x=-0.743:start_y=-0.131:start_scale=0.6:end_scale=0.05:end_pts=120`,
    'noise=alls=6:allf=t,',
  )
const screen = (rows: keyof typeof SIZES) => clip(rows, (size) => `testsrc2=size=${size}:rate=30`, '')
// Waves of several lengths that move over a still grain.
const texture = (rows: keyof typeof SIZES) =>
  clip(
    rows,
    (size) =>
      `nullsrc=size=${size}:rate=30,geq=lum='128+40*sin((X+7*N)/37)*cos((Y+3*N)/53)+30*sin((X+Y+10*N)/11)+20*sin((X+7*N)/3)':cb='128+40*sin((X+7*N)/90)':cr='128+40*cos((Y+3*N)/70)'`,
    'noise=alls=10:all_seed=7,',
  )
const dark = (rows: keyof typeof SIZES) =>
  clip(
    rows,
    (size) => `gradients=size=${size}:rate=30:c0=0x050510:c1=0x202838:c2=0x0a0a0a:speed=0.02:seed=3`,
    'fade=t=out:st=1:d=2,noise=alls=3:allf=t,',
  )

/** What encoders are compared on: noise, a screen, moving textures, darkness, in two sizes; and the noise that is heard. */
export const benchRecipes = {
  'bench-sound': encoded(
    'wav',
    ...['-f', 'lavfi', '-i', 'anoisesrc=color=pink:amplitude=0.5:seed=7:sample_rate=44100:duration=120'],
    ...['-ac', '2', '-c:a', 'pcm_s16le'],
  ),
  'bench-noise-1080': noise('1080'),
  'bench-screen-1080': screen('1080'),
  'bench-texture-1080': texture('1080'),
  'bench-dark-1080': dark('1080'),
  'bench-noise-2160': noise('2160'),
  'bench-screen-2160': screen('2160'),
  'bench-texture-2160': texture('2160'),
  'bench-dark-2160': dark('2160'),
} as const satisfies Record<string, Recipe>
