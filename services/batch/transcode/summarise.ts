import type { SourceSummary } from '@reelway/shared/source-summary.ts'
import { perSecond } from './frame-rate.ts'
import type { SourceFacts } from './source-facts.ts'

/** What the owner of a task is told about the video they uploaded. Numbers are rounded to a thousandth. */
export const summariseSource = ({ container, durationSeconds, video, audio }: SourceFacts): SourceSummary => {
  const rate = video.averageFrameRate ?? video.baseFrameRate
  return {
    container,
    durationSeconds: thousandths(durationSeconds),
    width: video.displayWidth,
    height: video.displayHeight,
    frameRate: rate === null ? 0 : thousandths(perSecond(rate)),
    videoCodec: video.codec,
    audioCodec: audio?.codec ?? null,
    audioChannels: audio?.channels ?? null,
    audioSampleRateHz: audio?.sampleRateHz ?? null,
  }
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000
