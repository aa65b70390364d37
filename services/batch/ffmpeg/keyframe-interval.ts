import type { EncodePlan } from './encode-plan.ts'

/** The most frames from one key frame to the next: parts of the picture begin at multiples of it, so that a cut adds few. */
export const keyframeInterval = ({ video, frameRate }: Pick<EncodePlan, 'video' | 'frameRate'>): number =>
  'keyframeSeconds' in video ? Math.max(1, Math.round((video.keyframeSeconds * frameRate.num) / frameRate.den)) : 1
