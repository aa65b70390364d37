import { formatChangeRecipes } from './format-change-recipes.ts'
import { cut, derived, encoded, type Recipe } from './recipe.ts'

const picture = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc2=size=160x90:rate=25:duration=${seconds}`] as const
// Noise is heard to be in step or not, at any moment.
const noise = (seconds: number, rate: number, channels = 1) =>
  [
    '-f',
    'lavfi',
    '-i',
    `anoisesrc=sample_rate=${rate}:duration=${seconds}:amplitude=0.5:color=pink:seed=7,lowpass=3000,aformat=channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`,
  ] as const

const long = (extension: string, ...codec: string[]) => derived(extension, 'long-wav', '-c:a', ...codec)

/** Recordings of sound alone. */
export const soundRecipes = {
  // Long enough to be entered in its middle.
  'long-wav': encoded('wav', ...noise(16, 44100, 2), '-c:a', 'pcm_s16le'),
  'long-m4a': long('m4a', 'aac'),
  'long-mkv': long('mkv', 'aac'),
  'long-flac': long('flac', 'flac'),
  'long-ogg': long('ogg', 'libvorbis'),
  'long-opus': long('opus', 'libopus'),
  'long-aiff': long('aiff', 'pcm_s16be'),
  'long-ts': long('ts', 'mp2'),
  'long-mp3': long('mp3', 'libmp3lame', '-q:a', '2'),
  // Larger than what is read on through, when something farther away is wanted.
  'large-wav': encoded('wav', ...noise(150, 44100, 2), '-c:a', 'pcm_s24le'),
  'large-mov': derived('mov', 'large-wav', '-c', 'copy'),
  ...formatChangeRecipes,
  'recording-wav': encoded('wav', ...noise(2, 44100, 2), '-c:a', 'pcm_s16le'),
  'recording-wav-24': encoded('wav', ...noise(2, 96000, 2), '-c:a', 'pcm_s24le'),
  'recording-mp3': derived('mp3', 'recording-wav', '-c:a', 'libmp3lame', '-q:a', '2'),
  // Without LAME's tag nothing in the file says how long it is.
  'recording-mp3-bare': derived('mp3', 'recording-wav', '-c:a', 'libmp3lame', '-q:a', '2', '-write_xing', '0'),
  'recording-flac': derived('flac', 'recording-wav', '-c:a', 'flac'),
  'recording-flac-24': derived('flac', 'recording-wav-24', '-c:a', 'flac'),
  'recording-ogg': derived('ogg', 'recording-wav', '-c:a', 'libvorbis'),
  'recording-opus': derived('opus', 'recording-wav', '-c:a', 'libopus'),
  'recording-adts': derived('aac', 'recording-wav', '-c:a', 'aac'),
  'recording-aiff': derived('aiff', 'recording-wav'),
  'recording-phone': encoded('wav', ...noise(2, 8000), '-c:a', 'pcm_s16le'),
  'recording-loud-5-1': encoded(
    'wav',
    ...[
      '-f',
      'lavfi',
      '-i',
      `aevalsrc=${Array.from({ length: 6 }, () => '0.8*sin(880*PI*t)').join('|')}:c=5.1:s=48000:d=1`,
    ],
    ...['-c:a', 'pcm_s16le'],
  ),
  // The clip maker takes away all that is said of a whole: an Ogg says it of its stream.
  'recording-says-much': derived(
    'ogg',
    'recording-wav',
    ...['-c:a', 'libvorbis', '-metadata:s:a:0', 'title=A song = "x"; -y', '-metadata:s:a:0', 'artist=Ana'],
    ...[
      '-metadata:s:a:0',
      'album=Walks',
      '-metadata:s:a:0',
      'track=3',
      '-metadata:s:a:0',
      'location=+48.8577+002.295/',
    ],
  ),
  'recording-blink': encoded('wav', ...noise(0.01, 48000), '-c:a', 'pcm_s16le'),
  'recording-with-cover': encoded(
    'mp3',
    ...[...noise(2, 44100, 2), '-f', 'lavfi', '-i', 'color=red:size=64x64:rate=1:duration=1'],
    ...['-map', '0:a', '-map', '1:v', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-disposition:v', 'attached_pic'],
    ...['-frames:v', '1', '-c:a', 'libmp3lame', '-q:a', '2'],
  ),
  'recording-broken-cover': {
    kind: 'replaced',
    extension: 'mp3',
    from: 'recording-with-cover',
    // Where a JPEG says how large it is.
    find: '\xff\xc0',
    put: 'no',
  },
  // Larger than it is kept, and see-through.
  'recording-large-cover': encoded(
    'flac',
    ...[...noise(2, 44100, 2), '-f', 'lavfi', '-i', 'color=red@0.5:size=2400x1600:rate=1:duration=1,format=rgba'],
    ...[
      '-map',
      '0:a',
      '-map',
      '1:v',
      '-c:v',
      'png',
      '-disposition:v',
      'attached_pic',
      '-frames:v',
      '1',
      '-c:a',
      'flac',
    ],
  ),
  'cut-recording-mp3': cut('mp3', 'recording-mp3', 600),
  'cut-recording-flac': cut('flac', 'recording-flac', 600),
  'video-with-noise': encoded('mp4', ...picture(2), ...noise(2, 48000, 2), '-c:v', 'libx264', '-c:a', 'aac'),
  'video-sound-late-noise': encoded(
    'mp4',
    ...[...picture(3), '-itsoffset', '1', ...noise(2, 48000, 2), '-c:v', 'libx264', '-c:a', 'aac'],
  ),
  // Quiet at first, loud at the end: what is cut off must not be measured.
  'video-rising': encoded(
    'mp4',
    ...[...picture(6), ...noise(6, 44100, 2), '-af', "volume='if(lt(t,4),0.05,0.8)':eval=frame", '-c:v', 'libx264'],
    ...['-g', '25', '-c:a', 'aac'],
  ),
  // A click far above all else.
  'recording-click': encoded(
    'wav',
    ...[...noise(4, 48000), '-af', "volume='if(between(t,2,2.01),1.5,0.02)':eval=frame", '-c:a', 'pcm_s16le'],
  ),
  'recording-silence': encoded('wav', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', '2'),
  'video-sound-short-mkv': encoded('mkv', ...picture(3), ...noise(1, 48000, 2), '-c:v', 'libx264', '-c:a', 'aac'),
} as const satisfies Record<string, Recipe>
