import type { VideoFacts } from './source-facts.ts'

/** Whether the colours of a picture are only those of Dolby Vision: without its maker's formulas they are green and purple. */
export const isUnseen = ({ dolbyVision }: Pick<VideoFacts, 'dolbyVision'>): boolean =>
  dolbyVision !== null && (dolbyVision.profile === 5 || (dolbyVision.profile === 10 && dolbyVision.compatibility === 0))
