import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { LONGEST_SOURCE_SECONDS } from '@reelway/shared/presets/longest-source.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { MAX_PIXELS } from '../ffmpeg/hardening.ts'
import type { AssetFacts, TaskAssets } from '../probe/asset-facts.ts'
import { capFrameRate, chooseFrameRate, perSecond } from '../probe/frame-rate.ts'
import { isUnseen } from '../probe/is-unseen.ts'
import type { SourceFacts } from '../probe/source-facts.ts'
import type { Refused } from '../refusal.ts'
import { chooseStill } from './choose-still.ts'
import { countFrames } from './count-frames.ts'
import { estimateSeconds } from './estimate.ts'
import { estimateReadingSeconds } from './estimate-reading.ts'
import { estimateSoundSeconds } from './estimate-sound.ts'
import { limitAnimation, limitChoices } from './limit-animation.ts'
import { planBookends } from './plan-bookends.ts'
import { planColour } from './plan-colour.ts'
import { planGeometry } from './plan-geometry.ts'
import { planMetadata } from './plan-metadata.ts'
import { planRenditions } from './plan-renditions.ts'
import { planSound } from './plan-sound.ts'
import { planTrim } from './plan-trim.ts'
import { planVideo } from './plan-video.ts'
import { planWatermark } from './plan-watermark.ts'
import { refuseTiny } from './refuse-tiny.ts'
import { splitWork } from './split.ts'

export type PlanLimits = {
  /** One part, or the whole if it is one, may take so long: a delivery's deadline, less what else has to happen in it. */
  partBudgetSeconds: number
  /** So long may a conversion take whose preset can not be cut. */
  wholeBudgetSeconds: number
  cores: number
  /** What conversions of this preset took by now, divided by their estimates; undefined while there were too few. */
  costFactor: number | undefined
  /** The size of the source, of which all that is used has to be read. */
  sourceBytes: number
}

// Without experience, an estimate is taken for too low by half: a part too many costs a second, one that is too long is cut anew.
const PRIOR_COST_FACTOR = 1.5

// Each is a job, a message and an object. 12 h of 4K at 60 a second are some 1,200 on one core.
const MOST_PARTS = 2_000

// Of a clip that does not tell its rate.
const UNKNOWN_RATE = { num: 30, den: 1 }

/** Decides everything about one conversion to a result with a picture: pure, from the facts of the source, the preset with its options, and the limits of this service. */
export const planTranscode = (
  facts: SourceFacts,
  preset: VideoPreset,
  options: TaskOptions,
  limits: PlanLimits,
  assets: TaskAssets = {},
): { kind: 'planned'; plan: EncodePlan } | Refused => {
  const { video, audio } = facts
  if (video === null) return { kind: 'refused', code: 'no_picture', parameters: {} }
  if (video.codedWidth * video.codedHeight > MAX_PIXELS) {
    return { kind: 'refused', code: 'picture_too_large', parameters: { limitPixels: MAX_PIXELS } }
  }
  if (isUnseen(video)) return { kind: 'refused', code: 'dolby_vision_only', parameters: {} }
  // Where the clock leaps, no time says where in the file to begin.
  const partable = preset.partable && !video.clockLeaps
  const still = chooseStill(preset, options)
  const sourceLike = chooseFrameRate(
    { average: video.averageFrameRate, base: video.baseFrameRate },
    preset.still === null || still === 'moment'
      ? preset.frameRate
      : { minPerSecond: 1, maxPerSecond: preset.still.choicesPerSecond },
  )
  const frameRate = options.maxFrameRate === undefined ? sourceLike : capFrameRate(sourceLike, options.maxFrameRate)
  const maxDurationSeconds = still === 'moment' ? frameRate.den / frameRate.num : preset.maxDurationSeconds
  const trimmed = planTrim(video, { trim: options.trim, maxDurationSeconds, frameRate })
  if (trimmed.kind === 'refused') return trimmed
  const { kind: _, ...stretch } = trimmed
  const usedSeconds = stretch.endSeconds - stretch.fromSeconds
  if (usedSeconds > LONGEST_SOURCE_SECONDS) {
    const parameters = { durationSeconds: Math.ceil(usedSeconds), limitSeconds: LONGEST_SOURCE_SECONDS }
    return { kind: 'refused', code: 'duration_too_long', parameters }
  }
  const geometry = planGeometry(video, preset.canvas, options)
  if (geometry.kind === 'refused') return geometry
  const { kind: __, source: pixels, ...picture } = geometry
  const { canvas } = picture
  const { bookends, seconds } = planBookends(preset, options, assets, { canvas, frameRate })
  const moving = countFrames({ ...seconds, body: usedSeconds }, frameRate)
  const frames = still === 'moving' ? moving : { intro: 0, body: 1, outro: 0, total: 1 }

  const renditions = planRenditions(preset, canvas)
  const sizes: readonly { width: number; height: number }[] = renditions ?? [canvas]
  const sourceRate = perSecond(video.averageFrameRate ?? frameRate)
  const work = {
    megapixelsDecoded:
      (video.codedWidth * video.codedHeight * sourceRate * usedSeconds) / 1e6 + clipMegapixels(assets, seconds),
    megapixelsEncoded: (sizes.reduce((sum, size) => sum + size.width * size.height, 0) * moving.total) / 1e6,
  }
  const tooSmall = refuseTiny(preset, canvas)
  if (tooSmall !== undefined) return tooSmall
  const tooMuch = limitAnimation(preset, { canvas, frames })
  if (tooMuch !== undefined) return tooMuch
  const estimate = estimateSeconds(work, preset.cost, limits.cores)
  if (!partable && estimate * (limits.costFactor ?? 1) > limits.wholeBudgetSeconds) {
    return tooLong(estimate * (limits.costFactor ?? 1), limits.wholeBudgetSeconds)
  }

  const plan = {
    presetName: preset.name,
    container: preset.container,
    partable,
    source: {
      container: facts.container,
      videoIndex: video.index,
      audioIndex: audio?.index ?? null,
      videoStartSeconds: video.startSeconds,
      audioStartSeconds: audio?.startSeconds ?? null,
      audioSampleRateHz: audio?.sampleRateHz ?? null,
      audioChannels: audio?.channels ?? null,
      ...stretch,
      endKnownFrom: video.endKnownFrom,
      frameSeconds: 1 / sourceRate,
      clockLeaps: video.clockLeaps,
      ...planColour(video),
      ...pixels,
    },
    frameRate,
    frames,
    chosenFrom: still === 'choice' ? limitChoices(canvas, moving.body) : null,
    renditions,
    ...picture,
    bookends,
    watermark: planWatermark(options.watermark, assets.watermark, canvas),
    video: planVideo(preset, options),
    metadata: planMetadata(facts, options),
    audio: planSound(facts, preset, options, { frames, frameRate, bookends }),
    estimateSeconds: estimate,
  }
  const factor = limits.costFactor ?? PRIOR_COST_FACTOR
  const readSeconds = estimateReadingSeconds({ ...limits, durationSeconds: video.endSeconds }, usedSeconds)
  const parts = splitWork(plan, {
    pictureSeconds: Math.max(estimate * factor, readSeconds),
    soundSeconds: plan.audio === null ? 0 : Math.max(estimateSoundSeconds(plan) * factor, readSeconds),
    partBudgetSeconds: limits.partBudgetSeconds,
  })
  if (parts.length > MOST_PARTS) return tooLong(estimate * factor, MOST_PARTS * limits.partBudgetSeconds)
  return { kind: 'planned', plan: { ...plan, parts } }
}

/** What is to be decoded of the clips before and after. */
const clipMegapixels = ({ intro, outro }: TaskAssets, seconds: { intro: number; outro: number }): number =>
  megapixelsOf(intro) * seconds.intro + megapixelsOf(outro) * seconds.outro

const megapixelsOf = (facts: AssetFacts | undefined): number => {
  if (facts?.kind !== 'clip') return 0
  const { codedWidth, codedHeight, averageFrameRate } = facts.source.video
  return (codedWidth * codedHeight * perSecond(averageFrameRate ?? UNKNOWN_RATE)) / 1e6
}

const tooLong = (seconds: number, limitSeconds: number): Refused => ({
  kind: 'refused',
  code: 'video_too_long',
  parameters: { estimateSeconds: Math.ceil(seconds), limitSeconds },
})
