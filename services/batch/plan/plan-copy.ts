import { type OptionName, optionNames, type TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { CopyPlan } from '../ffmpeg/copy-plan.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { perSecond } from '../probe/frame-rate.ts'
import type { ClipFacts, SourceFacts, VideoFacts } from '../probe/source-facts.ts'

export type CopyDecision = { kind: 'copy'; copy: CopyPlan } | { kind: 'encode'; reason: string }

export type CopyRequest = {
  facts: SourceFacts
  preset: VideoPreset
  options: TaskOptions
  /** What would be made without a copy. */
  plan: EncodePlan
  sourceBytes: number
  /** The most that a result may take of the disk. */
  limitBytes: number
}

/**
 * Whether a source already is what was asked for, so that its packets can be taken as they are: its picture is what the encode
 * would make, in a form that plays everywhere, and takes no more bits than that. Its sound is copied, too, if it is as good;
 * else only that is encoded. What cannot be known before the packets were read, the copy itself finds out. Pure.
 */
export const planCopy = ({ facts: { video, ...others }, ...rest }: CopyRequest): CopyDecision => {
  if (video === null) return { kind: 'encode', reason: 'it has no picture' }
  const request = { ...rest, facts: { ...others, video } }
  const reason = whyNot(request)
  if (reason !== undefined) return { kind: 'encode', reason }
  const { facts, options, plan } = request
  const { index, codec, codedWidth, codedHeight } = facts.video
  const { fromSeconds, endSeconds } = stretchOf(request)
  const sound = planSoundCopy(request)
  if (sound.kind === 'encoded' && options.trim !== undefined) {
    return { kind: 'encode', reason: 'the sound has to be encoded from another time on' }
  }
  return {
    kind: 'copy',
    copy: {
      container: plan.container,
      videoIndex: index,
      videoCodec: codec,
      width: codedWidth,
      height: codedHeight,
      sound,
      fromSeconds,
      endSeconds,
      mayTellAll: options.metadata === 'keep-location',
      sizeBytes: sizeOf(request),
    },
  }
}

type ClipRequest = CopyRequest & { facts: ClipFacts }

/** The first of the reasons for an encode. */
const whyNot = (request: ClipRequest): string | undefined => {
  const { facts, preset, options, plan, limitBytes } = request
  const option = optionNames.find((name) => !leavesPacketsAlone(name, options))
  const reasons: [boolean, string][] = [
    [preset.copy === undefined, 'the preset always encodes'],
    [option !== undefined, `the option ${option} needs an encode`],
    [options.trim !== undefined && !CAN_BE_ENTERED.has(facts.container), 'its key frames are not listed'],
    [
      options.trim !== undefined && plan.container.format !== 'mp4',
      'only an mp4 can begin between two packets of sound',
    ],
    [plan.frames.intro + plan.frames.outro > 0, 'something is shown before or after it'],
    [facts.video.endKnownFrom === 'sound', 'its last picture is shown until its sound ends'],
    ...aboutPicture(request),
    [bitsPerSecondOf(request) > mostBitsPerSecond(request), 'it takes more bits than are needed'],
    [sizeOf(request) > limitBytes, 'it is larger than the disk'],
  ]
  return reasons.find(([isReason]) => isReason)?.[1]
}

/** Options that ask for nothing that packets would have to be changed for. All others, also those to come, need an encode. */
const leavesPacketsAlone = (name: OptionName, options: TaskOptions): boolean => {
  if (options[name] === undefined) return true
  if (name === 'trim') return options.trim?.atKeyframes === true
  // People who ask for a small file do not want the one that they have.
  if (name === 'quality') return options.quality !== 'smallest' && options.quality !== 'small'
  return name === 'metadata' || name === 'mute' || name === 'maxFrameRate'
}

// They say where their key frames are, and keep times well enough to begin at one.
const CAN_BE_ENTERED: ReadonlySet<string> = new Set(['mp4', 'matroska'])

const aboutPicture = ({ facts: { video }, preset, options, plan }: ClipRequest): [boolean, string][] => {
  const { source, picture, canvas } = plan
  const rate = perSecond(video.averageFrameRate ?? plan.frameRate)
  const most = Math.min(preset.frameRate.maxPerSecond, options.maxFrameRate ?? Number.POSITIVE_INFINITY)
  const isSameSize = ({ width, height }: { width: number; height: number }) =>
    width === video.codedWidth && height === video.codedHeight
  return [
    [video.codec !== plan.video.codec || !SUITS[video.codec]?.(video), 'its codec is not one that plays everywhere'],
    [video.pixelFormat !== plan.video.pixelFormat, 'its pixels are of another format'],
    // VP9 calls its pixels the same in either range, and the container of a copy says the standard one.
    [video.colourRange === 'pc', 'its colours are of the full range'],
    [source.toneMap !== null || source.convertFrom !== null || !isStandardColour(video), 'its colours are not BT.709'],
    [
      source.deinterlace || source.isSeeThrough || source.clockLeaps,
      'it is made of fields, see-through or interrupted',
    ],
    // What it turns by is kept in mp4, but not every television turns it.
    [video.rotationDegrees !== 0, 'it is turned'],
    [video.sampleAspectRatio.num !== video.sampleAspectRatio.den, 'its pixels are not square'],
    [!isSameSize(picture) || !isSameSize(canvas), 'it has another size'],
    [rate > most * RATE_TOLERANCE, 'it has too many frames a second'],
    // Before the first frame a player would show nothing.
    [video.startSeconds > LATE_SECONDS, 'its picture begins late'],
  ]
}

const RATE_TOLERANCE = 1.01
const LATE_SECONDS = 0.1

/** For each codec that is copied, whether this form of it plays everywhere. */
const SUITS: Readonly<Record<string, (video: VideoFacts) => boolean>> = {
  h264: ({ profile, level, codecTag, fieldOrder, codedWidth, codedHeight }) =>
    H264_PROFILES.has(profile ?? '') &&
    level !== null &&
    level > 0 &&
    level <= (Math.min(codedWidth, codedHeight) <= 1080 ? 42 : 52) &&
    // Parameters within the packets, and Dolby's own: Safari and televisions do not play them.
    !['avc2', 'avc3', 'avc4', 'dvav', 'dva1'].includes(codecTag ?? '') &&
    fieldOrder === 'progressive',
  vp9: ({ profile }) => profile === 'Profile 0',
}

const H264_PROFILES: ReadonlySet<string> = new Set(['Constrained Baseline', 'Baseline', 'Main', 'High'])

/** Nothing else is said than BT.709; that nothing said means it has been decided already. */
const isStandardColour = ({ colourTransfer, colourPrimaries }: VideoFacts): boolean =>
  [colourTransfer, colourPrimaries].every((value) => value === null || value === 'unknown' || value === 'bt709')

const QUALITY_FACTORS = { smallest: 0, small: 0, standard: 1, high: 1.5, best: 2.5 }
const REFERENCE_PIXELS_PER_SECOND = 1280 * 720 * 30

/** Above it, an encode would be much smaller and look the same. Bits grow slower than pixels: by the power of 0.75, as encoders have it. */
const mostBitsPerSecond = ({ facts: { video }, preset, options, plan }: ClipRequest): number => {
  const rate = perSecond(video.averageFrameRate ?? plan.frameRate)
  const pixelsPerSecond = video.codedWidth * video.codedHeight * rate
  const factor =
    QUALITY_FACTORS[options.quality ?? 'standard'] * (pixelsPerSecond / REFERENCE_PIXELS_PER_SECOND) ** 0.75
  return (preset.copy?.bitsPerSecond ?? 0) * factor
}

/** Of the picture; of all there is when nobody says. */
const bitsPerSecondOf = ({ facts, sourceBytes }: ClipRequest): number =>
  facts.video.bitsPerSecond ?? (sourceBytes * 8) / facts.durationSeconds

const sizeOf = (request: ClipRequest): number => {
  const { fromSeconds, endSeconds } = stretchOf(request)
  const { durationSeconds } = request.facts
  return Math.ceil(request.sourceBytes * Math.min(1, (endSeconds - (fromSeconds ?? 0)) / durationSeconds))
}

const stretchOf = ({ facts: { video }, options: { trim } }: ClipRequest) => {
  const start = trim?.startSeconds ?? 0
  const asked = trim?.endSeconds ?? start + (trim?.durationSeconds ?? Number.POSITIVE_INFINITY)
  return { fromSeconds: start > 0 ? start : null, endSeconds: Math.min(asked, video.endSeconds) }
}

const planSoundCopy = ({ facts: { audio }, options, plan }: CopyRequest): CopyPlan['sound'] => {
  if (plan.audio === null || options.mute === true) return { kind: 'none' }
  if (audio === null || plan.audio.from === 'silence') return { kind: 'encoded' }
  const isAsGood =
    audio.codec === plan.audio.codec &&
    (audio.codec !== 'aac' || audio.profile === 'LC') &&
    audio.channels <= 2 &&
    PLAYED_RATES_HZ.has(audio.sampleRateHz) &&
    (audio.bitsPerSecond ?? 0) <= MOST_SOUND_BITS * plan.audio.bitsPerSecond &&
    Math.abs(audio.startSeconds) <= LATE_SECONDS
  return isAsGood ? { kind: 'copied', index: audio.index, codec: audio.codec } : { kind: 'encoded' }
}

const PLAYED_RATES_HZ: ReadonlySet<number> = new Set([44_100, 48_000])
const MOST_SOUND_BITS = 2
