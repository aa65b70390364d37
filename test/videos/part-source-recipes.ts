import { derived, encoded, type Recipe } from './recipe.ts'

const picture = (rate: string, seconds: number, size = '160x90') =>
  ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`] as const
// Noise is heard to be in step or not, at any moment.
const noise = (seconds: number, rate = 48_000) =>
  ['-f', 'lavfi', '-i', `anoisesrc=sample_rate=${rate}:duration=${seconds}:amplitude=0.3:seed=7`] as const
const phone = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', '-g', '30'] as const
const aac = ['-c:a', 'aac', '-b:a', '96k'] as const
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '3', '-bf', '2', '-g', '12'] as const

const highRange = (transfer: 'smpte2084' | 'arib-std-b67') =>
  [
    ...['-vf', `format=gbrp,zscale=pin=709:tin=709:p=2020:t=${transfer}:m=2020_ncl:r=tv,format=yuv420p10le`],
    ...['-colorspace', 'bt2020nc', '-color_primaries', 'bt2020', '-color_trc', transfer, '-color_range', 'tv'],
  ] as const
const telecined = (field: 'tff' | 'prog') =>
  ['-vf', `telecine=first_field=top:pattern=23,setfield=${field},setsar=4/1`] as const

// Three fields and two in turns, of 1501.5/90000 s. A frame that is predicted stands before the two that need it.
const shownAt = (number: string) => `floor((5*(${number})+1)/2)*1501.5`
const DISPLAYED = 'if(eq(N\\,0)\\,0\\,3*floor((N-1)/3)+if(eq(mod(N-1\\,3)\\,0)\\,3\\,mod(N-1\\,3)))'

/** Sources of which more has to be made than a smaller picture, long enough for a part of them to be entered in the middle. */
export const partSourceRecipes = {
  'parts-pq': encoded('mp4', ...picture('30', 6), ...noise(6), ...highRange('smpte2084'), ...phone, ...aac),
  'parts-hlg': encoded('mp4', ...picture('30', 6), ...noise(6), ...highRange('arib-std-b67'), ...phone, ...aac),
  'parts-hevc': encoded(
    ...['mp4', ...picture('60', 5), ...noise(5, 44_100), '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1', ...aac],
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:bframes=4:open-gop=1:keyint=60'],
  ),
  'parts-see-through': encoded(
    ...['webm', ...picture('30', 5), ...noise(5), '-vf', 'format=yuva420p,geq=lum=lum(X\\,Y):a=128+X'],
    ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '45', '-auto-alt-ref', '0'],
    ...['-c:a', 'libopus'],
  ),
  'parts-prores': encoded(
    ...['mov', ...picture('25', 4), ...noise(4, 44_100), '-vf', 'format=yuva444p10le,geq=lum=lum(X\\,Y):a=512+X'],
    ...['-c:v', 'prores_ks', '-profile:v', '4444', '-c:a', 'pcm_s24le'],
  ),
  'parts-telecined': encoded(
    ...['mp4', ...picture('24000/1001', 6, '96x480'), ...noise(6), ...telecined('tff'), ...phone, ...aac],
    ...['-flags', '+ildct+ilme', '-x264-params', 'tff=1'],
  ),
  'parts-telecined-ts': encoded(
    ...['ts', ...picture('24000/1001', 16, '96x480'), ...noise(16), ...telecined('tff'), ...mpeg2, '-c:a', 'mp2'],
    ...['-flags', '+ildct+ilme', '-top', '1', '-output_ts_offset', '4321'],
  ),
  'parts-telecined-unsaid': encoded(
    ...[
      'mkv',
      ...picture('24000/1001', 6, '96x480'),
      ...noise(6),
      ...telecined('prog'),
      ...phone,
      '-crf',
      '12',
      ...aac,
    ],
  ),
  'parts-film-stream': encoded('m2v', ...picture('24000/1001', 16.05, '96x480'), ...mpeg2, '-frames:v', '385'),
  'parts-film-pulled': { kind: 'rewritten', extension: 'm2v', from: 'parts-film-stream', how: 'pulled down' },
  'parts-film-dvd': derived(
    ...['vob', 'parts-film-pulled', ...noise(16), '-map', '0:v', '-map', '1:a', '-c:v', 'copy'],
    ...['-bsf:v', `setts=dts=${shownAt('N')}:pts=9009+${shownAt(DISPLAYED)}`, '-c:a', 'ac3', '-b:a', '192k'],
  ),
  'parts-film-mkv': derived('mkv', 'parts-film-dvd', '-c', 'copy'),
  'parts-fields-unsaid': encoded(
    ...['mp4', ...picture('50', 6, '96x576'), ...noise(6), ...phone, '-crf', '12', ...aac],
    ...['-vf', 'interlace=scan=tff,setfield=prog,setsar=4/1'],
  ),
  'parts-upright': encoded('mp4', ...picture('30', 5), ...noise(5, 44_100), ...phone, '-pix_fmt', 'yuv420p', ...aac),
  'parts-turned': derived('mp4', 'parts-upright', '-c', 'copy', '-metadata:s:v', 'rotate=90'),
  // As an Android telephone writes it: sound first, then 27 to 30 frames a second, and fewer in the dark.
  'parts-phone': encoded(
    ...['mp4', '-itsoffset', '0.3', ...picture('30', 6), ...noise(6.3), ...phone, '-pix_fmt', 'yuv420p', ...aac],
    ...['-vf', "select='not(eq(mod(n,11),4))*(lt(t,3)+not(mod(n,2)))'", '-fps_mode', 'vfr'],
    ...['-video_track_timescale', '90000'],
  ),
  // Nothing is written of a slide that stays, while somebody goes on talking.
  'parts-slide': encoded(
    ...['mp4', ...picture('30', 3), ...noise(8), ...phone, '-pix_fmt', 'yuv420p', ...aac],
    ...['-vf', "select='not(eq(mod(n,11),4))'", '-fps_mode', 'vfr'],
  ),
  'parts-late-sound': encoded(
    ...['mp4', ...picture('30', 6), '-itsoffset', '2.2', ...noise(3), ...phone, '-pix_fmt', 'yuv420p', ...aac],
  ),
  'parts-surround': encoded(
    ...['mkv', ...picture('25', 5), ...noise(5), ...phone, '-pix_fmt', 'yuv420p', '-c:a', 'ac3'],
    ...['-af', 'pan=5.1|FL=c0|FR=0.5*c0|FC=0.7*c0|BL=0.3*c0|BR=0.2*c0'],
  ),
} as const satisfies Record<string, Recipe>
