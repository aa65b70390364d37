import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How much a video looks like a reference with the same frames: ffmpeg's SSIM over all planes, 1 is identical. */
export const ssim = (ffmpeg: string, videoPath: string, referencePath: string): Promise<number> =>
  compare(ffmpeg, videoPath, referencePath, '')

/** As ssim, with a reference that is scaled to the size of the video, as the conversion of it was. */
export const ssimOfScaled = (
  ffmpeg: string,
  videoPath: string,
  referencePath: string,
  { width, height }: { width: number; height: number },
): Promise<number> => compare(ffmpeg, videoPath, referencePath, `scale=${width}:${height},`)

const compare = async (
  ffmpeg: string,
  videoPath: string,
  referencePath: string,
  reference: string,
): Promise<number> => {
  const { stderr } = await run(ffmpeg, [
    ...['-nostdin', '-hide_banner', '-i', videoPath, '-i', referencePath],
    ...['-lavfi', `[0:v]settb=AVTB,setpts=N[a];[1:v]${reference}settb=AVTB,setpts=N[b];[a][b]ssim`, '-f', 'null', '-'],
  ])
  const all = /SSIM .*All:([\d.]+)/.exec(stderr)?.[1]
  if (all === undefined) throw new Error(`no SSIM in: ${stderr}`)
  return Number(all)
}

/** The timeline that both systems aim at, without loss: logo, the first 18 s fitted with bars, logo. */
export const makeReference = async (
  ffmpeg: string,
  files: { sourcePath: string; logoPath: string; path: string },
  frameRate: number,
): Promise<void> => {
  const logo = `[1:v]scale=640:360,setsar=1,format=yuv420p,loop=loop=${frameRate - 1}:size=1,setpts=N/(${frameRate}*TB),fps=${frameRate},split[first][last]`
  const body = `[0:v]scale=640:360:force_original_aspect_ratio=decrease,pad=640:360:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p,fps=${frameRate},trim=end_frame=${18 * frameRate},setpts=PTS-STARTPTS[body]`
  await run(ffmpeg, [
    ...['-nostdin', '-v', 'error', '-y', '-t', '19', '-i', files.sourcePath, '-i', files.logoPath],
    ...['-filter_complex', `${logo};${body};[first][body][last]concat=n=3:v=1:a=0,fps=${frameRate}[v]`, '-map', '[v]'],
    ...['-c:v', 'ffv1', files.path],
  ])
}
