import { encoded, type Recipe } from './recipe.ts'

/** Sources of which streams are made. */
export const streamRecipes = {
  /** Fifteen seconds at 30 a second, with B-frames, and sound: a click at each whole second. */
  stream: encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30:duration=15'],
    ...['-f', 'lavfi', '-i', "aevalsrc='0.8*sin(880*2*PI*t)*lt(mod(t,1),0.05)':s=48000:d=15"],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
  ),
  /** Twelve small seconds at 29.97, that say what they show and in which language. */
  titled: encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30000/1001:duration=12'],
    ...['-f', 'lavfi', '-i', 'anoisesrc=sample_rate=48000:duration=12:amplitude=0.3:seed=5'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ...['-metadata', 'title=Over the ridge', '-metadata:s:a:0', 'language=eng'],
  ),
} as const satisfies Record<string, Recipe>
