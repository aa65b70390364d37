import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { Bookend, EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'
import type { AssetFacts, TaskAssets } from '../probe/asset-facts.ts'
import { perSecond } from '../probe/frame-rate.ts'
import { planColour } from './plan-colour.ts'
import { planGeometry } from './plan-geometry.ts'

/** What is shown before and after the body, with how many seconds each lasts; 0: nothing. */
export type PlannedBookends = { bookends: EncodePlan['bookends']; seconds: { intro: number; outro: number } }

type Size = { width: number; height: number }

// Long enough to read a title.
const PICTURE_SECONDS = 3

// The longest that a task may ask for (task-options.ts).
const LONGEST_SECONDS = 60

// Read so much more than is used, for rounding.
const READ_AHEAD_SECONDS = 0.1

/** What the task asks for, in the place of what the preset has. */
export const planBookends = (
  preset: VideoPreset,
  options: TaskOptions,
  assets: TaskAssets,
  { canvas, frameRate }: { canvas: Size; frameRate: Rational },
): PlannedBookends => {
  const intro = planOne(options.intro, assets.intro, preset.bookends?.beforeSeconds ?? 0, { canvas, frameRate })
  const outro = planOne(options.outro, assets.outro, preset.bookends?.afterSeconds ?? 0, { canvas, frameRate })
  return {
    bookends: { intro: intro.bookend, outro: outro.bookend },
    seconds: { intro: intro.seconds, outro: outro.seconds },
  }
}

const planOne = (
  option: TaskOptions['intro'],
  facts: AssetFacts | undefined,
  logoSeconds: number,
  result: { canvas: Size; frameRate: Rational },
): { bookend: Bookend | null; seconds: number } => {
  if (option === undefined) return { bookend: logoSeconds > 0 ? { kind: 'logo' } : null, seconds: logoSeconds }
  if (facts === undefined) throw new Error('a bookend was planned whose facts are not known')
  if (facts.kind === 'picture') {
    const bookend = { kind: 'picture', assetId: option.asset, hasAlpha: facts.hasAlpha } as const
    return { bookend, seconds: option.seconds ?? PICTURE_SECONDS }
  }
  const { video } = facts.source
  const seconds = Math.min(video.endSeconds, option.seconds ?? LONGEST_SECONDS)
  return { bookend: clip(option.asset, facts.source, seconds, result), seconds }
}

const clip = (
  assetId: string,
  { container, video, audio }: Extract<AssetFacts, { kind: 'clip' }>['source'],
  endSeconds: number,
  { canvas, frameRate }: { canvas: Size; frameRate: Rational },
): Bookend => {
  const geometry = planGeometry(video, { kind: 'fixed', ...canvas, fit: 'contain', background: 'black' }, {})
  if (geometry.kind === 'refused') throw new Error('a clip that is not to be cut was refused for how it is cut')
  return {
    kind: 'clip',
    assetId,
    source: {
      container,
      videoIndex: video.index,
      audioIndex: audio?.index ?? null,
      videoStartSeconds: video.startSeconds,
      audioStartSeconds: audio?.startSeconds ?? null,
      audioSampleRateHz: audio?.sampleRateHz ?? null,
      audioChannels: audio?.channels ?? null,
      fromSeconds: 0,
      endSeconds,
      endKnownFrom: video.endKnownFrom,
      frameSeconds: 1 / perSecond(video.averageFrameRate ?? frameRate),
      readSeconds: endSeconds + READ_AHEAD_SECONDS,
      clockLeaps: video.clockLeaps,
      ...planColour(video),
      ...geometry.source,
    },
    picture: geometry.picture,
  }
}
