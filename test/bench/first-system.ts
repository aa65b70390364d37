import { join } from 'node:path'
import { sumOf, type Timing, timedFfmpeg } from './timed-ffmpeg.ts'

/**
 * The first system's conversion, command by command as it ran: cut and fit, then concat with the logo clip before and after.
 * The logo clip must have the source's frame rate: at another its second command does not finish.
 */
export const runFirstSystem = async (
  ffmpeg: string,
  files: { sourcePath: string; logoClipPath: string; directory: string; outputPath: string },
): Promise<Timing> => {
  const temporary = join(files.directory, 'TMP.mp4')
  const fit = await timedFfmpeg(ffmpeg, [
    '-y',
    ...['-i', files.sourcePath, '-ss', '0', '-t', '18'],
    ...['-vf', 'scale=640:360:force_original_aspect_ratio=decrease,pad=640:360:(ow-iw)/2:(oh-ih)/2'],
    temporary,
  ])
  const join3 = await timedFfmpeg(ffmpeg, [
    '-y',
    ...['-i', files.logoClipPath, '-i', temporary, '-i', files.logoClipPath],
    ...['-filter_complex', '[0:v][1:v][2:v]concat=n=3:v=1:a=0[outv]', '-map', '[outv]'],
    files.outputPath,
  ])
  return sumOf([fit, join3])
}

/** The logo clip of the first system: our logo picture for one second. */
export const makeLogoClip = async (
  ffmpeg: string,
  logoPath: string,
  frameRate: number,
  path: string,
): Promise<void> => {
  await timedFfmpeg(ffmpeg, [
    '-y',
    ...['-loop', '1', '-framerate', String(frameRate), '-t', '1', '-i', logoPath],
    ...['-vf', 'scale=640:360,setsar=1', '-pix_fmt', 'yuv420p', path],
  ])
}
