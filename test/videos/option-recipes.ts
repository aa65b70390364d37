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

// Red, green, blue and yellow in the corners, from the upper left on as one reads, on grey.
const corners = (width: number, height: number, side: number, level = 'ff') =>
  [
    ['-f', 'lavfi', '-i', `color=gray:size=${width}x${height}:rate=30:duration=0.2`, '-vf'],
    [
      `drawbox=0:0:${side}:${side}:0x${level}0000:fill`,
      `drawbox=${width - side}:0:${side}:${side}:0x00${level}00:fill`,
      `drawbox=0:${height - side}:${side}:${side}:0x0000${level}:fill`,
      `drawbox=${width - side}:${height - side}:${side}:${side}:0x${level}${level}00:fill`,
    ].join(','),
    ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '5', '-g', '30'],
  ].flat()

/** Up to how they are encoded. */
const NUMBERED_PICTURE_ARGUMENTS = 10

/** Sources in which it can be seen what was done to them. */
export const optionRecipes = {
  numbered: encoded('mp4', ...numbered('30', 16)),
  'numbered-mkv': derived('mkv', 'numbered', '-c', 'copy'),
  'numbered-ts': derived('ts', 'numbered', '-c', 'copy', '-output_ts_offset', '4321'),
  // Counts time in frames: no whole second is a whole number of them.
  'numbered-avi': encoded(
    'avi',
    ...numbered('30000/1001', 16).slice(0, NUMBERED_PICTURE_ARGUMENTS),
    ...['-c:v', 'mpeg4', '-q:v', '3', '-g', '75', '-c:a', 'mp3'],
  ),
  'numbered-ntsc': encoded('mp4', ...numbered('30000/1001', 16)),
  corners: encoded('mp4', ...corners(320, 180, 40), '-pix_fmt', 'yuv420p'),
  'corners-turned': derived('mp4', 'corners', '-c', 'copy', '-metadata:s:v', 'rotate=90'),
  // Seen as 512x180.
  'corners-anamorphic': encoded('mp4', ...corners(320, 180, 40), '-pix_fmt', 'yuv420p', '-aspect', '512:180'),
  'corners-odd': encoded('mp4', ...corners(321, 181, 40), '-pix_fmt', 'yuv444p'),
  // As bright as white is on a normal screen: 58 % of PQ. What is much brighter loses colour.
  'corners-hdr': encoded(
    'mp4',
    ...[
      ...corners(320, 180, 40, '94'),
      '-pix_fmt',
      'yuv420p10le',
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
    ],
    ...['-colorspace', 'bt2020nc', '-color_range', 'tv'],
  ),
} as const satisfies Record<string, Recipe>
