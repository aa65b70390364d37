import { derived, encoded, type Recipe } from './recipe.ts'

// Each frame holds its own number: the bits of it, from the lowest on the left, as ten bright or dark columns.
const numbered = (rate: string, seconds: number) =>
  [
    ...['-f', 'lavfi', '-i', `nullsrc=size=160x90:rate=${rate}:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `anoisesrc=sample_rate=44100:duration=${seconds}:amplitude=0.3:seed=7`],
    ...['-vf', "geq=lum='16+219*mod(floor(N/pow(2,floor(X/16))),2)':cb=128:cr=128"],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '75', '-x264-params', 'open-gop=1'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '96k'],
  ] as const

/** Sources in which it can be seen what was done to them. */
export const optionRecipes = {
  numbered: encoded('mp4', ...numbered('30', 16)),
  'numbered-mkv': derived('mkv', 'numbered', '-c', 'copy'),
  'numbered-ts': derived('ts', 'numbered', '-c', 'copy', '-output_ts_offset', '4321'),
  'numbered-ntsc': encoded('mp4', ...numbered('30000/1001', 16)),
} as const satisfies Record<string, Recipe>
