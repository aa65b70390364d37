import type { SourceSummary } from '@reelway/shared/source-summary.ts'
import { perSecond } from './frame-rate.ts'
import type { SourceFacts } from './source-facts.ts'

/** What the owner of a task is told about what they uploaded. Numbers are rounded to a thousandth. */
export const summariseSource = ({ container, durationSeconds, video, audio }: SourceFacts): SourceSummary => {
  const rate = video?.averageFrameRate ?? video?.baseFrameRate ?? null
  return {
    container,
    durationSeconds: thousandths(durationSeconds),
    width: video?.displayWidth ?? null,
    height: video?.displayHeight ?? null,
    frameRate: video === null ? null : rate === null ? 0 : thousandths(perSecond(rate)),
    videoCodec: video?.codec ?? null,
    audioCodec: audio?.codec ?? null,
    audioChannels: audio?.channels ?? null,
    audioSampleRateHz: audio?.sampleRateHz ?? null,
  }
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000
