import type { EncodePlan } from './encode-plan.ts'
import { mp4Args } from './output-args.ts'

/** The file around the streams of a whole result. */
export const containerArgs = (plan: EncodePlan): string[] => {
  switch (plan.container.format) {
    case 'mp4':
      return mp4Args(plan)
    case 'webm':
      return ['-f', 'webm']
    case 'gif':
      // It repeats for ever. Delays are hundredths of a second: the last one ends where the plan does.
      return ['-loop', '0', '-final_delay', String(lastDelayHundredths(plan)), '-f', 'gif']
    case 'webp':
      return ['-loop', '0', '-f', 'webp']
    case 'hls':
      throw new Error('the sizes of a stream are made in parts')
    case 'jpeg':
      return ['-update', '1', '-f', 'image2']
    default:
      return plan.container.format satisfies never
  }
}

const lastDelayHundredths = ({ frames, frameRate }: EncodePlan): number => {
  const hundredths = (frame: number) => Math.round((frame * 100 * frameRate.den) / frameRate.num)
  return hundredths(frames.total) - hundredths(frames.total - 1)
}
