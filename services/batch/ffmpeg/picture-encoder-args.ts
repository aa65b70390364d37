import { colourArgs } from './colour-args.ts'
import type { EncodePlan } from './encode-plan.ts'
import { keyframeInterval } from './keyframe-interval.ts'

type Video = EncodePlan['video']
type Encoded = Pick<EncodePlan, 'video' | 'partable' | 'renditions' | 'frameRate'>

/**
 * The encoder of the picture with its speed and quality. Those of videos are told what makes pieces of one picture joinable: headers
 * that do not depend on the content, and no frame that refers to one before a key frame.
 */
export const pictureEncoderArgs = (plan: Encoded, threads: string): string[] => {
  const { video } = plan
  // What stands before and after a stream is always joined to it.
  const isJoined = plan.partable || plan.renditions !== null
  switch (video.codec) {
    case 'h264':
      return [
        ...['-c:v', 'libx264', '-preset', video.speed, '-crf', String(video.crf)],
        // A little less for what is even than x264 gives it: why is in the settings of the presets (settings/h264.ts).
        ...(isJoined ? ['-x264-params', 'stitchable=1:open-gop=0:aq-strength=0.9'] : []),
        ...streamArgs(plan, threads),
      ]
    case 'hevc':
      return [
        ...['-c:v', 'libx265', '-preset', video.speed, '-crf', String(video.crf)],
        ...hevcArgs(threads),
        ...streamArgs(plan, threads),
      ]
    case 'vp9':
      return [...vp9Args(video), ...streamArgs(plan, threads)]
    case 'av1':
      return [
        ...['-c:v', 'libsvtav1', '-preset', String(video.effort), '-crf', String(video.crf)],
        ...av1Args(threads),
        ...streamArgs(plan, threads),
      ]
    case 'gif':
      return ['-c:v', 'gif']
    case 'webp':
      return ['-c:v', 'libwebp_anim', '-quality', String(video.quality), '-compression_level', String(video.effort)]
    case 'mjpeg':
      return ['-c:v', 'mjpeg', '-q:v', String(video.scale)]
    default:
      return video satisfies never
  }
}

const hevcArgs = (threads: string): string[] => [
  // A pool of any size, for without one x265 leaves out the wave front, which the headers say; and no message of its own in the
  // stream (info), which would name its settings.
  ...['-x265-params', `open-gop=0:repeat-headers=0:info=0:pools=${threads}:log-level=warning`],
  // Apple's players open hvc1 only: parameter sets in the header of the file, and nowhere else.
  ...['-tag:v', 'hvc1'],
]

const vp9Args = ({ deadline, effort, crf }: Extract<Video, { codec: 'vp9' }>): string[] => [
  ...['-c:v', 'libvpx-vp9', '-deadline', deadline, '-cpu-used', String(effort)],
  // Constant quality needs the bit rate to be zero.
  ...['-crf', String(crf), '-b:v', '0'],
  // Without rows VP9 uses one thread for each tile column, and a picture of 640 has one.
  ...['-row-mt', '1'],
]

const av1Args = (threads: string): string[] => [
  // Key frames that nothing looks behind (irefresh-type 2). Its threads are not bound to processors (pin): with several encoders
  // on one machine all would be bound to the first.
  ...['-svtav1-params', `irefresh-type=2:lp=${threads}:pin=0`],
]

const streamArgs = (plan: Encoded, threads: string): string[] => [
  ...['-threads', threads],
  ...['-pix_fmt', plan.video.pixelFormat],
  ...['-g', String(keyframeInterval(plan))],
  ...colourArgs,
  // Else every leg of the result would say where the source of that leg has its colour, and parts of them could not be joined (run).
  ...['-chroma_sample_location', 'left'],
]
