import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'
import { MAX_PIXELS } from '../ffmpeg/hardening.ts'
import { estimateSeconds } from './estimate.ts'
import { fitPicture } from './fit-picture.ts'
import { chooseFrameRate, perSecond } from './frame-rate.ts'
import type { Refused } from './refusal.ts'
import type { SourceFacts } from './source-facts.ts'
import { splitFrames } from './split.ts'

export type PlanLimits = {
  /** One conversion may take so long: a delivery's deadline, less what else has to happen in it. */
  encodeBudgetSeconds: number
  cores: number
}

// Read so much more than is used, for rounding. Every frame of it is decoded too: a second of it cost 6 % of league (run).
const READ_AHEAD_SECONDS = 0.1

/** Decides everything about one conversion: pure, from the facts of the source, the preset and the limits of this service. */
export const planTranscode = (
  facts: SourceFacts,
  preset: Preset,
  limits: PlanLimits,
): { kind: 'planned'; plan: EncodePlan } | Refused => {
  const { video, audio } = facts
  if (video.codedWidth * video.codedHeight > MAX_PIXELS) {
    return { kind: 'refused', code: 'picture_too_large', parameters: { limitPixels: MAX_PIXELS } }
  }
  const frameRate = chooseFrameRate({ average: video.averageFrameRate, base: video.baseFrameRate }, preset.frameRate)
  const endSeconds = Math.min(preset.maxDurationSeconds ?? video.endSeconds, video.endSeconds)
  const frames = countFrames(endSeconds, frameRate, preset)
  const { picture, canvas } = fitPicture({ width: video.displayWidth, height: video.displayHeight }, preset.canvas)

  const sourceRate = perSecond(video.averageFrameRate ?? frameRate)
  const work = {
    megapixelsDecoded: (video.codedWidth * video.codedHeight * sourceRate * endSeconds) / 1e6,
    megapixelsEncoded: (canvas.width * canvas.height * frames.total) / 1e6,
  }
  const estimate = estimateSeconds(work, preset.cost, limits.cores)
  if (estimate > limits.encodeBudgetSeconds) {
    const parameters = { estimateSeconds: Math.ceil(estimate), limitSeconds: limits.encodeBudgetSeconds }
    return { kind: 'refused', code: 'video_too_long', parameters }
  }

  const plan: EncodePlan = {
    presetName: preset.name,
    container: preset.container,
    source: {
      videoIndex: video.index,
      audioIndex: audio?.index ?? null,
      endSeconds,
      endKnownFrom: video.endKnownFrom,
      frameSeconds: 1 / sourceRate,
      readSeconds: preset.maxDurationSeconds === null ? null : preset.maxDurationSeconds + READ_AHEAD_SECONDS,
      deinterlace: INTERLACED.has(video.fieldOrder ?? ''),
      toneMap: HIGH_DYNAMIC_RANGE.get(video.colourTransfer ?? '') ?? null,
      convertFrom: convertedMatrix(video),
    },
    frameRate,
    frames,
    picture,
    canvas,
    video: preset.video,
    audio: planAudio(facts, preset, frames, frameRate),
    parts: splitFrames(frames.body),
    estimateSeconds: estimate,
  }
  return { kind: 'planned', plan }
}

// ffprobe's words: which field is stored and which is shown first. "progressive" and "unknown" need nothing.
const INTERLACED: ReadonlySet<string> = new Set(['tt', 'bb', 'tb', 'bt'])

const HIGH_DYNAMIC_RANGE: ReadonlyMap<string, 'pq' | 'hlg'> = new Map([
  ['smpte2084', 'pq'],
  ['arib-std-b67', 'hlg'],
])

const MATRICES: ReadonlyMap<string, 'bt601' | 'bt2020'> = new Map([
  ['bt470bg', 'bt601'],
  ['smpte170m', 'bt601'],
  ['bt2020nc', 'bt2020'],
])

/**
 * What our BT.709 has to be converted from. A small picture that does not say its matrix has that of standard definition, as
 * players assume (Chromium and mpv do, up to 576 lines); a large one that of high definition.
 */
const convertedMatrix = ({ colourSpace, codedWidth, codedHeight }: SourceFacts['video']): 'bt601' | 'bt2020' | null => {
  if (colourSpace !== null && colourSpace !== 'unknown') return MATRICES.get(colourSpace) ?? null
  return Math.max(codedWidth, codedHeight) < 1280 && Math.min(codedWidth, codedHeight) <= 576 ? 'bt601' : null
}

const countFrames = (endSeconds: number, frameRate: Rational, { bookends }: Preset): EncodePlan['frames'] => {
  const framesOf = (seconds: number) => Math.round((seconds * frameRate.num) / frameRate.den)
  const intro = bookends === null ? 0 : framesOf(bookends.beforeSeconds)
  const outro = bookends === null ? 0 : framesOf(bookends.afterSeconds)
  // A leg of one frame is lost when it is joined to others (run), so a picture between logos is shown for two.
  const body = Math.max(bookends === null ? 1 : 2, framesOf(endSeconds))
  return { intro, body, outro, total: intro + body + outro }
}

const planAudio = (
  facts: SourceFacts,
  preset: Preset,
  frames: EncodePlan['frames'],
  frameRate: Rational,
): EncodePlan['audio'] => {
  const { codec, bitsPerSecond, sampleRateHz, withoutSound } = preset.audio
  if (facts.audio === null && withoutSound === 'no-track') return null
  // Rounded at each border from the start, so that what rounding loses never adds up.
  const samplesUpTo = (frame: number) => Math.round((frame * sampleRateHz * frameRate.den) / frameRate.num)
  const bodyStart = samplesUpTo(frames.intro)
  const bodyEnd = samplesUpTo(frames.intro + frames.body)
  const samples = { intro: bodyStart, body: bodyEnd - bodyStart, outro: samplesUpTo(frames.total) - bodyEnd }
  return { from: facts.audio === null ? 'silence' : 'source', codec, bitsPerSecond, sampleRateHz, samples }
}
