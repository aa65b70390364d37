import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'
import { MAX_PIXELS } from '../ffmpeg/hardening.ts'
import { estimateSeconds } from './estimate.ts'
import { estimateSoundSeconds } from './estimate-sound.ts'
import { fitPicture } from './fit-picture.ts'
import { chooseFrameRate, perSecond } from './frame-rate.ts'
import type { Refused } from './refusal.ts'
import type { SourceFacts } from './source-facts.ts'
import { splitWork } from './split.ts'

export type PlanLimits = {
  /** One part, or the whole if it is one, may take so long: a delivery's deadline, less what else has to happen in it. */
  partBudgetSeconds: number
  /** So long may a conversion take whose preset can not be cut. */
  wholeBudgetSeconds: number
  cores: number
  /** What conversions of this preset took by now, divided by their estimates; undefined while there were too few. */
  costFactor: number | undefined
  /** The size of the source, all of which has to be read. */
  sourceBytes: number
}

// Without experience, an estimate is taken for too low by half: a part too many costs a second, one that is too long is cut anew.
const PRIOR_COST_FACTOR = 1.5

// What one stream of a bucket in the same region gives an instance at least. READ, not measured: 100 MB/s and more are usual.
const READ_BYTES_PER_SECOND = 50_000_000

// Twice what a long day of filming gives; above it nobody has tried.
const LONGEST_SECONDS = 12 * 3600

// Each is a job, a message and an object. 12 h of 4K at 60 a second are some 1,200 on one core.
const MOST_PARTS = 2_000

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
  const endSeconds = Math.min(preset.maxDurationSeconds ?? video.endSeconds, video.endSeconds)
  if (endSeconds > LONGEST_SECONDS) {
    const parameters = { durationSeconds: Math.ceil(endSeconds), limitSeconds: LONGEST_SECONDS }
    return { kind: 'refused', code: 'duration_too_long', parameters }
  }
  const frameRate = chooseFrameRate({ average: video.averageFrameRate, base: video.baseFrameRate }, preset.frameRate)
  const frames = countFrames(endSeconds, frameRate, preset)
  const { picture, canvas } = fitPicture({ width: video.displayWidth, height: video.displayHeight }, preset.canvas)

  const sourceRate = perSecond(video.averageFrameRate ?? frameRate)
  const work = {
    megapixelsDecoded: (video.codedWidth * video.codedHeight * sourceRate * endSeconds) / 1e6,
    megapixelsEncoded: (canvas.width * canvas.height * frames.total) / 1e6,
  }
  const estimate = estimateSeconds(work, preset.cost, limits.cores)
  if (!preset.partable && estimate * (limits.costFactor ?? 1) > limits.wholeBudgetSeconds) {
    return tooLong(estimate * (limits.costFactor ?? 1), limits.wholeBudgetSeconds)
  }

  const plan = {
    presetName: preset.name,
    container: preset.container,
    partable: preset.partable,
    source: {
      container: facts.container,
      videoIndex: video.index,
      audioIndex: audio?.index ?? null,
      videoStartSeconds: video.startSeconds,
      audioStartSeconds: audio?.startSeconds ?? null,
      audioSampleRateHz: audio?.sampleRateHz ?? null,
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
    estimateSeconds: estimate,
  }
  const factor = limits.costFactor ?? PRIOR_COST_FACTOR
  const readSeconds = limits.sourceBytes / READ_BYTES_PER_SECOND
  const parts = splitWork(plan, {
    pictureSeconds: Math.max(estimate * factor, readSeconds),
    soundSeconds: plan.audio === null ? 0 : Math.max(estimateSoundSeconds(plan) * factor, readSeconds),
    partBudgetSeconds: limits.partBudgetSeconds,
  })
  if (parts.length > MOST_PARTS) return tooLong(estimate * factor, MOST_PARTS * limits.partBudgetSeconds)
  return { kind: 'planned', plan: { ...plan, parts } }
}

const tooLong = (seconds: number, limitSeconds: number): Refused => ({
  kind: 'refused',
  code: 'video_too_long',
  parameters: { estimateSeconds: Math.ceil(seconds), limitSeconds },
})

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
