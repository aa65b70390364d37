import { benchRecipes } from './bench-recipes.ts'
import { encoded, type Recipe } from './recipe.ts'

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'] as const

/** Sources for what every preset does alike. */
export const presetRecipes = {
  // White on the left, black on the right.
  'bright-second': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'color=black:size=320x180:rate=25:duration=1'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=1'],
    ...['-vf', 'drawbox=x=0:y=0:w=160:h=180:color=white:t=fill', ...h264, '-c:a', 'aac'],
  ),
  // Noise, edges and motion: what encoders have to choose from.
  'busy-second': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=192x108:rate=25:duration=1', '-vf', 'noise=alls=12:allf=t'],
    ...[...h264, '-crf', '4'],
  ),
  // Every frame has its number; long enough for several groups of frames.
  'counted-frames': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=192x108:rate=30000/1001:duration=4'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=4'],
    ...[...h264, '-crf', '12', '-g', '60', '-c:a', 'aac'],
  ),
  ...benchRecipes,
} as const satisfies Record<string, Recipe>
