import { ownCoverInput, untrustedInput } from './hardening.ts'
import { runArgs } from './output-args.ts'

// What players show of a cover, also on screens of two pixels for one; about 200 kB.
const LONGEST_SIDE = 1200
const QUALITY = 3

type Files = { sourceUrl: string; coverPath: string; coverLimitBytes: number }

/**
 * THE FFMPEG ARGUMENTS that make a JPEG of the cover of a source: never enlarged, decoded and encoded anew, so that it says nothing of
 * itself (such as where it was taken), and can be read by every player.
 */
export const coverArgs = (coverIndex: number, { sourceUrl, coverPath, coverLimitBytes }: Files): string[] => [
  ...runArgs,
  '-xerror',
  ...untrustedInput,
  ...['-i', sourceUrl],
  ...['-map', `0:${coverIndex}`],
  ...['-frames:v', '1'],
  ...[
    '-vf',
    `scale=w='min(${LONGEST_SIDE},iw)':h='min(${LONGEST_SIDE},ih)':force_original_aspect_ratio=decrease,format=yuvj420p`,
  ],
  ...['-c:v', 'mjpeg', '-q:v', String(QUALITY)],
  ...['-map_metadata', '-1'],
  ...['-fs', String(coverLimitBytes)],
  ...['-update', '1', '-f', 'image2'],
  `file:${coverPath}`,
]

/** The cover of a result of sound alone, as its second input. */
export const coverInput = (coverPath: string | undefined): string[] =>
  coverPath === undefined ? [] : [...ownCoverInput, '-i', `file:${coverPath}`]

/** The same as its second stream, which players show as its front cover. */
export const coverStream = (coverPath: string | undefined): string[] =>
  coverPath === undefined
    ? []
    : [
        ...['-map', '1:v:0', '-c:v', 'copy'],
        ...['-disposition:v:0', 'attached_pic'],
        // The names of ID3, which FLAC has taken over.
        ...['-metadata:s:v:0', 'comment=Cover (front)'],
      ]
