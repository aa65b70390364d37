import { cut, derived, encoded, type Recipe } from './recipe.ts'

const still = (size: string, ...filters: string[]) =>
  ['-f', 'lavfi', '-i', `color=black:size=${size}`, '-vf', filters.join(','), '-frames:v', '1'] as const
/** Two halves, each of one colour. */
const halves = (left: string, right: string) =>
  ['format=rgb24', `drawbox=w=iw/2:color=${left}:t=fill`, `drawbox=x=iw/2:w=iw/2:color=${right}:t=fill`] as const
// Noise from its first sample on: where it begins can be found to the sample.
const noise = (seconds: number, rate: number, seed: number) =>
  ['-f', 'lavfi', '-i', `anoisesrc=sample_rate=${rate}:duration=${seconds}:amplitude=0.5:seed=${seed}`] as const
const picture = (rate: string, seconds: number, size: string) =>
  ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`] as const
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'] as const

/** Pictures and clips that people put on, before and after their videos. */
export const assetRecipes = {
  // Left opaque, right transparent, where white lies hidden.
  mark: encoded(
    'png',
    ...still(
      '96x48',
      'format=rgba',
      'geq=r=if(lt(X\\,W/2)\\,192\\,255):g=if(lt(X\\,W/2)\\,32\\,255):b=if(lt(X\\,W/2)\\,32\\,255):a=if(lt(X\\,W/2)\\,255\\,0)',
    ),
  ),
  'title-png': encoded('png', ...still('320x180', ...halves('0xc02020', '0x2040c0'))),
  'title-jpeg': encoded(
    'jpg',
    ...still('320x180', ...halves('0xc02020', '0x2040c0')),
    '-pix_fmt',
    'yuvj444p',
    '-q:v',
    '2',
  ),
  'title-webp': encoded(
    'webp',
    ...still('320x180', ...halves('0xc02020', '0x2040c0')),
    '-c:v',
    'libwebp',
    '-quality',
    '95',
  ),
  'clip-before': encoded(
    'mp4',
    ...[...picture('24', 2, '192x96'), ...noise(2, 44100, 11), ...h264, '-bf', '2', '-c:a', 'aac', '-b:a', '128k'],
  ),
  'clip-after': encoded(
    'webm',
    ...[...picture('30', 1, '96x128'), ...noise(1, 48000, 12), '-c:v', 'libvpx', '-c:a', 'libopus'],
  ),
  // Whole, by its packets, of whose picture hardly one can be decoded.
  'damaged-clip': derived('webm', 'clip-after', '-c', 'copy', '-bsf:v', 'noise=amount=3'),
  'cut-clip': cut('mkv', 'open-gop-mkv', 400),
  'moving-webp': encoded('webp', ...picture('5', 1, '64x32'), '-c:v', 'libwebp_anim'),
  'moving-gif': encoded('gif', ...picture('5', 1, '64x32')),
  'noisy-body': encoded(
    'mp4',
    ...[...picture('30000/1001', 6, '160x90'), ...noise(6, 44100, 13), ...h264, '-c:a', 'aac', '-b:a', '128k'],
  ),
} as const satisfies Record<string, Recipe>
