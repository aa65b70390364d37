import { cut, derived, encoded, type Recipe } from './recipe.ts'

const PLACE = '+48.8577+002.2950+035.000/'

const telephone = [
  ...['-metadata', 'com.apple.quicktime.make=Apple', '-metadata', 'com.apple.quicktime.model=iPhone 15 Pro'],
  ...[
    '-metadata',
    'com.apple.quicktime.software=17.4',
    '-metadata',
    'com.apple.quicktime.creationdate=2024-05-06T09:08:09+0200',
  ],
  ...['-metadata', `com.apple.quicktime.location.ISO6709=${PLACE}`],
  ...['-metadata', 'com.apple.quicktime.location.accuracy.horizontal=4.7', '-metadata', 'com.example.serial=C39XK0ZZ'],
  ...[
    '-metadata',
    'creation_time=2024-05-06T07:08:09Z',
    '-metadata',
    'artist=Ana',
    '-metadata',
    'title=A walk = "long";\n-y',
  ],
] as const

const picture = (rate: string, seconds: number) =>
  ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=${rate}:duration=${seconds}`] as const
// Noise is heard to be in step or not, at any moment.
const noise = (seconds: number, rate = 48_000) =>
  ['-f', 'lavfi', '-i', `anoisesrc=sample_rate=${rate}:duration=${seconds}:amplitude=0.3:seed=7`] as const
const bt709 = [
  '-color_range',
  'tv',
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
] as const
const h264 = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '30',
  '-pix_fmt',
  'yuv420p',
  '-bf',
  '2',
  ...bt709,
] as const
const vp9 = [
  '-c:v',
  'libvpx-vp9',
  '-deadline',
  'realtime',
  '-cpu-used',
  '8',
  '-crf',
  '45',
  '-b:v',
  '0',
  ...bt709,
] as const
const smaller = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30:duration=2'] as const
const aac = ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'] as const

const FULL_RANGE = 'format=rgb24,scale=out_color_matrix=bt709:out_range=pc,format=yuv420p,setparams=range=pc'

/** Sources that say much of themselves, and sources that are what was asked for. */
export const copyRecipes = {
  'says-much': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30:duration=3', '-f', 'lavfi', '-i', 'sine=duration=3'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ...['-movflags', '+use_metadata_tags', '-metadata:s:a:0', 'language=fra', ...telephone],
  ),
  'says-much-android': derived(
    'mov',
    'says-much',
    '-c',
    'copy',
    '-metadata',
    `location=${PLACE}`,
    '-metadata',
    'make=Acme',
  ),
  'says-much-mkv': derived(
    'mkv',
    'says-much',
    '-c',
    'copy',
    '-metadata',
    `LOCATION=${PLACE}`,
    '-metadata',
    'title=A title',
  ),

  // Its index comes last.
  'already-right': encoded('mp4', ...picture('30', 6), ...noise(6), ...h264, '-g', '45', ...aac),
  'already-right-fast': derived('mp4', 'already-right', '-c', 'copy', '-movflags', '+faststart'),
  'already-right-mov': derived('mov', 'already-right', '-c', 'copy'),
  'already-right-mkv': derived('mkv', 'already-right', '-c', 'copy'),
  'already-right-ts': derived('ts', 'already-right', '-c', 'copy'),
  'already-right-flv': derived('flv', 'already-right', '-c', 'copy'),
  'already-right-webm': encoded(
    'webm',
    ...[...picture('25', 4), ...noise(4), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '50'],
    ...['-crf', '45', '-b:v', '0', ...bt709, '-c:a', 'libopus', '-b:a', '64k', '-ac', '2'],
  ),
  // Half-way it has another size, or another level of the same size.
  'half-right': encoded('ts', ...picture('30', 2), ...h264, '-g', '30'),
  'half-small': encoded('ts', ...smaller, ...h264, '-g', '30', '-output_ts_offset', '2.1'),
  'half-level': encoded('ts', ...picture('30', 2), ...h264, '-g', '30', '-level', '4.1', '-output_ts_offset', '2.1'),
  'halves-joined': { kind: 'joined', extension: 'ts', from: ['half-right', 'half-small'] },
  'levels-joined': { kind: 'joined', extension: 'ts', from: ['half-right', 'half-level'] },
  // Copied once more, so that its packets are counted through.
  'right-then-small-ts': derived('ts', 'halves-joined', '-c', 'copy'),
  'right-then-small-mkv': derived('mkv', 'halves-joined', '-c', 'copy'),
  'right-then-small-mp4': derived('mp4', 'halves-joined', '-c', 'copy'),
  'right-then-level': derived('ts', 'levels-joined', '-c', 'copy'),
  'half-right-webm': encoded('webm', ...picture('30', 2), ...vp9, '-g', '30'),
  'half-small-webm': encoded('webm', ...smaller, ...vp9, '-g', '30', '-output_ts_offset', '2'),
  'right-then-small-joined': { kind: 'joined', extension: 'webm', from: ['half-right-webm', 'half-small-webm'] },
  'right-then-small-webm': derived('webm', 'right-then-small-joined', '-c', 'copy'),
  // One colour, whose black is 0 and not 16.
  'right-full-range': encoded(
    'webm',
    ...['-f', 'lavfi', '-i', 'color=0x20c040:size=320x180:rate=25:duration=2', '-vf', FULL_RANGE],
    ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-color_range', 'pc', '-colorspace', 'bt709'],
  ),
  'right-picture': encoded('mkv', ...picture('30', 4), ...noise(4, 44_100), ...h264, '-g', '60', '-c:a', 'mp3'),
  'right-picture-mute': encoded('mp4', ...picture('30', 4), ...h264, '-g', '60'),
  // Every third frame, and none for a second.
  'right-uneven': encoded(
    'mp4',
    ...[...picture('30', 5), ...noise(5), '-vf', "select='not(between(t,2,3))*not(mod(n,3))'", '-fps_mode', 'vfr'],
    ...[...h264, '-g', '20', ...aac],
  ),
  'right-open-gop': encoded(
    'mp4',
    ...[...picture('30', 6), ...noise(6), ...h264, '-g', '45', '-x264-params', 'open-gop=1:bframes=3', ...aac],
  ),
  'right-long-sound': encoded('mp4', ...picture('30', 3), ...noise(5), ...h264, '-g', '60', ...aac),
  'right-late-sound': encoded(
    'mp4',
    ...[
      ...picture('30', 4),
      '-itsoffset',
      '1.5',
      ...noise(2),
      '-map',
      '0:v',
      '-map',
      '1:a',
      ...h264,
      '-g',
      '60',
      ...aac,
    ],
  ),
  'right-rare-keys': encoded('mp4', ...picture('10', 14), ...h264, '-g', '1000', '-sc_threshold', '0'),
  'right-edited': derived('mp4', 'already-right', '-ss', '2.2', '-c', 'copy'),
  'right-camera-data': derived(
    ...['mp4', 'already-right', '-c', 'copy', '-bsf:v'],
    'h264_metadata=sei_user_data=17ee8c60f84d11d98cd60800200c9a66+MDPM48.8577',
  ),
  'right-cut': cut('mp4', 'already-right-fast', 700),
  'right-cut-mkv': cut('mkv', 'already-right-mkv', 700),
} as const satisfies Record<string, Recipe>
