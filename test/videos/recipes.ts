import { assetRecipes } from './asset-recipes.ts'
import { copyRecipes } from './copy-recipes.ts'
import { hostileRecipes } from './hostile-recipes.ts'
import { imageRecipes } from './image-recipes.ts'
import { optionRecipes } from './option-recipes.ts'
import { partRecipes } from './part-recipes.ts'
import { presetRecipes } from './preset-recipes.ts'
import { cut, derived, encoded, type Recipe } from './recipe.ts'
import { soundRecipes } from './sound-recipes.ts'
import { sourceRecipes } from './sources/source-recipes.ts'
import { streamRecipes } from './stream-recipes.ts'

const picture = (size: string, rate: string, seconds: number) =>
  ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`] as const
const tone = (seconds: number, rate = 48000) =>
  ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=${rate}:duration=${seconds}`] as const
// One colour, stored with a matrix that the file says nothing of.
const patch = (size: string, matrix: string) =>
  [
    ...['-f', 'lavfi', '-i', `color=0x20c040:size=${size}:rate=25:duration=1`],
    ...['-vf', `format=rgb24,scale=out_color_matrix=${matrix},format=yuv420p`],
  ] as const
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '30'] as const
// With B-frames, as cameras and phones write them: packets are then not in the order in which they are shown.
const h264WithB = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', '-pix_fmt', 'yuv420p', '-g', '30'] as const
const aac = ['-c:a', 'aac', '-b:a', '64k'] as const

/** Every test clip, by a name that says what is odd about it. Sizes and lengths are small: making all takes seconds. */
export const recipes = {
  // Ordinary ones
  plain: encoded('mp4', ...picture('1280x720', '30', 5), ...tone(5), ...h264WithB, ...aac, '-movflags', '+faststart'),
  'plain-moov-last': derived('mp4', 'plain', '-c', 'copy'),
  'seven-seconds': encoded('mp4', ...picture('320x180', '30', 7), ...tone(7), ...h264, ...aac),
  'full-hd': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'mandelbrot=size=1920x1080:rate=60:start_scale=2:end_scale=0.05'],
    ...[...tone(20), '-t', '20', '-vf', 'noise=alls=3:allf=t,format=yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '9M', '-maxrate', '10M', '-bufsize', '18M', ...aac],
  ),
  'full-hd-minute': encoded(
    'mp4',
    ...[...picture('1920x1080', '30', 60), ...tone(60), ...h264WithB, ...aac, '-movflags', '+faststart'],
  ),
  'full-hd-two-minutes': encoded(
    'mp4',
    ...[...picture('1920x1080', '30', 120), ...tone(120), ...h264WithB, ...aac, '-movflags', '+faststart'],
  ),
  // Small, and still many pixels: with a short ack deadline it is a long video, whose parts are quickly made.
  'minute-of-60': encoded(
    'mp4',
    ...[...picture('320x180', '60', 60), ...tone(60), ...h264WithB, '-crf', '30', ...aac, '-movflags', '+faststart'],
  ),
  'five-minutes': encoded(
    'mp4',
    ...[...picture('160x90', '10', 300), ...tone(300), ...h264, '-crf', '30', ...aac, '-movflags', '+faststart'],
  ),
  'five-minutes-moov-last': derived('mp4', 'five-minutes', '-c', 'copy'),
  // Silence costs the encoder a tenth of what a tone does.
  'five-quiet-minutes': encoded(
    'mp4',
    ...[...picture('160x90', '10', 300), '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-t', '300'],
    ...[...h264, '-crf', '30', ...aac, '-movflags', '+faststart'],
  ),
  'five-quiet-minutes-mkv': derived('mkv', 'five-quiet-minutes', '-c', 'copy'),
  // Converting it whole takes some ten seconds of a processor: long enough to be stopped on the way.
  'takes-a-while': encoded('mp4', ...picture('1280x720', '30', 20), ...tone(20), ...h264, '-crf', '30', ...aac),

  // Pictures
  'turned-phone': derived('mp4', 'plain', '-c', 'copy', '-metadata:s:v', 'rotate=90'),
  'odd-size': encoded(
    'mp4',
    ...[
      ...picture('641x359', '30', 2),
      ...tone(2),
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv444p',
      ...aac,
    ],
  ),
  anamorphic: encoded('mp4', ...picture('720x576', '25', 2), ...tone(2), '-vf', 'setsar=64/45', ...h264, ...aac),
  interlaced: encoded(
    'mp4',
    ...[...picture('720x576', '50', 2), ...tone(2), '-vf', 'interlace=scan=tff,setsar=16/15'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-flags',
      '+ildct+ilme',
      '-x264-params',
      'tff=1',
      '-pix_fmt',
      'yuv420p',
      ...aac,
    ],
  ),
  'hdr-pq': encoded(
    'mp4',
    ...[
      ...picture('640x360', '30', 1),
      ...tone(1),
      '-vf',
      'format=yuv420p10le',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    ],
    ...[
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
      '-colorspace',
      'bt2020nc',
      '-color_range',
      'tv',
      ...aac,
    ],
  ),
  'hdr-hlg': encoded(
    'mp4',
    ...[
      ...picture('640x360', '30', 1),
      ...tone(1),
      '-vf',
      'format=yuv420p10le',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
    ],
    ...[
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'arib-std-b67',
      '-colorspace',
      'bt2020nc',
      '-color_range',
      'tv',
      ...aac,
    ],
  ),
  'tagged-bt601': encoded(
    'mp4',
    ...[...picture('640x480', '25', 1), ...tone(1), ...h264],
    ...['-color_primaries', 'bt470bg', '-color_trc', 'gamma28', '-colorspace', 'bt470bg', ...aac],
  ),
  'untagged-small': encoded('mp4', ...patch('320x180', 'bt601'), ...h264),
  'untagged-large': encoded('mp4', ...patch('1280x720', 'bt709'), ...h264),

  // Time
  ntsc: encoded('mp4', ...picture('320x180', '30000/1001', 3), ...tone(3), ...h264, ...aac),
  'slow-motion': encoded('mp4', ...picture('320x180', '240', 2), ...tone(2), ...h264, ...aac),
  'variable-rate': encoded(
    'mp4',
    ...[
      ...picture('320x180', '30', 5),
      ...tone(5),
      '-vf',
      "select='lt(t,2)+not(mod(n,3))'",
      '-fps_mode',
      'vfr',
      ...h264WithB,
      ...aac,
    ],
  ),
  'long-last-frame': encoded(
    'mp4',
    ...[
      ...picture('320x180', '30', 5),
      ...tone(5),
      '-vf',
      "select='lt(t,2)+gte(n,149)'",
      '-fps_mode',
      'vfr',
      ...h264,
      ...aac,
    ],
  ),
  'two-tenths': encoded('mp4', ...picture('320x180', '30', 0.2), ...tone(0.2), ...h264, ...aac),
  'one-frame': encoded('mp4', ...picture('320x180', '30', 0.03), ...h264),
  'edit-list': derived('mp4', 'plain', '-ss', '1.3', '-c', 'copy'),
  'late-picture': encoded('mp4', ...['-itsoffset', '1', ...picture('320x180', '30', 2), ...tone(3), ...h264, ...aac]),

  // Sound
  silent: encoded('mp4', ...picture('320x180', '24', 3), ...h264),
  'sound-5.1': encoded(
    'mp4',
    ...[...picture('320x180', '30', 2), '-f', 'lavfi', '-i', 'anoisesrc=sample_rate=44100:duration=2:amplitude=0.2'],
    ...[...h264, '-c:a', 'aac', '-ac', '6'],
  ),
  'late-sound': encoded('mp4', ...picture('320x180', '30', 3), '-itsoffset', '1', ...tone(2), ...h264, ...aac),
  'sound-outlasts-picture': encoded('mp4', ...picture('320x180', '30', 3), ...tone(6), ...h264, ...aac),
  'sound-outlasts-picture-mkv': derived('mkv', 'sound-outlasts-picture', '-c', 'copy'),

  // Containers
  'from-the-air': encoded(
    'ts',
    ...[...picture('320x180', '25', 4), ...tone(4), ...h264WithB, ...aac, '-output_ts_offset', '4321'],
  ),
  matroska: derived('mkv', 'seven-seconds', '-c', 'copy'),
  'browser-recording': encoded(
    'webm',
    ...[...picture('320x180', '30', 4), ...tone(4), '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
    ...['-b:v', '500k', '-c:a', 'libopus', '-live', '1'],
  ),
  'old-camera': encoded(
    'avi',
    ...[...picture('320x240', '25', 4), ...tone(4, 44100), '-c:v', 'mpeg4', '-bf', '2', '-q:v', '4', '-c:a', 'mp3'],
  ),
  fragmented: derived('mp4', 'seven-seconds', '-c', 'copy', '-movflags', '+frag_keyframe+empty_moov+default_base_moof'),

  // Cut short
  'cut-mp4': cut('mp4', 'plain'),
  'cut-moov-last': cut('mp4', 'plain-moov-last'),
  'cut-matroska': cut('mkv', 'matroska'),
  'cut-five-minutes': cut('mp4', 'five-minutes', 700),
  'cut-open-gop': cut('mp4', 'open-gop', 700),
  'cut-open-gop-mkv': cut('mkv', 'open-gop-mkv', 700),
  'cut-avi': cut('avi', 'old-camera', 600),
  'cut-ts': cut('ts', 'from-the-air'),

  // No moving picture
  'sound-only': encoded('m4a', ...tone(2), ...aac),
  'cover-picture': encoded(
    'm4a',
    ...[...tone(2), '-f', 'lavfi', '-i', 'color=red:size=64x64:rate=1:duration=1', '-map', '0:a', '-map', '1:v'],
    ...['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-disposition:v', 'attached_pic', ...aac],
  ),

  ...hostileRecipes,
  ...imageRecipes,
  ...partRecipes,
  ...streamRecipes,
  ...copyRecipes,
  ...sourceRecipes,
  ...optionRecipes,
  ...presetRecipes,
  ...assetRecipes,
  ...soundRecipes,
} as const satisfies Record<string, Recipe>

export type VideoName = keyof typeof recipes
