import { encoded, type Recipe } from './recipe.ts'

const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'] as const

// Left red, in the middle grey, right blue, in BT.709 as it says: 0xc02020, 0x808080, 0x2020c0.
const patches = [
  ...['-f', 'lavfi', '-i', 'color=c=0xc02020:size=108x180:rate=25:duration=2'],
  ...['-f', 'lavfi', '-i', 'color=c=0x808080:size=104x180:rate=25:duration=2'],
  ...['-f', 'lavfi', '-i', 'color=c=0x2020c0:size=108x180:rate=25:duration=2'],
] as const
const toBt709 = 'scale=in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuv420p'

/** Sources of which pictures and animations are made. */
export const imageRecipes = {
  /** Three patches of colour; from its second second on with a white bar on top. */
  patches: encoded(
    'mp4',
    ...patches,
    ...[
      '-filter_complex',
      `[0:v][1:v][2:v]hstack=inputs=3,drawbox=y=0:h=8:w=320:color=white:t=fill:enable='gte(t,1)',format=rgb24,${toBt709}`,
    ],
    ...[...h264, '-crf', '4', '-color_range', 'tv', '-colorspace', 'bt709'],
  ),
  'all-patches': encoded(
    'mp4',
    ...patches,
    ...['-filter_complex', `[0:v][1:v][2:v]hstack=inputs=3,format=rgb24,${toBt709}`],
    ...[...h264, '-crf', '4', '-color_range', 'tv', '-colorspace', 'bt709'],
  ),
  /** No two frames of it are alike. */
  'sharp-noise': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=1', '-vf', 'noise=alls=20:allf=t', ...h264],
  ),
  /** Three seconds of black with noise, a white flash, and a picture for the last two of six seconds. */
  'black-first': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=6'],
    ...[
      '-vf',
      "drawbox=c=black:t=fill:enable='lt(t,3)',drawbox=c=white:t=fill:enable='between(t,3,4)',noise=alls=8:allf=t:enable='lt(t,3)'",
    ],
    ...h264,
  ),
  /** Two seconds of black, and nothing else. */
  'all-black': encoded('mp4', '-f', 'lavfi', '-i', 'color=black:size=160x90:rate=25:duration=2', ...h264),
  /** As long as the longest animation and more: each second is as bright as it is late. */
  'twenty-seconds': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'color=black:size=160x90:rate=10:duration=20'],
    ...['-vf', "geq=lum='16+10*floor(T)':cb=128:cr=128", ...h264],
  ),
} as const satisfies Record<string, Recipe>
