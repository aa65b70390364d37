import type { EncodePlan } from './encode-plan.ts'

/** Only the pixels of the source that are used, of each of its frames. */
export const usedPixels = ({ source }: EncodePlan): string[] => {
  const { crop, uprightSize } = source
  if (crop === null) return []
  return [
    // Does nothing to a frame of the size that was announced. crop looks at the first one only: one that is smaller half-way would
    // have it read beyond its end.
    `scale=w=${uprightSize.width}:h=${uprightSize.height}`,
    // exact: else an odd place or size becomes an even one. Colour of half size is then at most a pixel beside its place.
    `crop=w=${crop.width}:h=${crop.height}:x=${crop.x}:y=${crop.y}:exact=1`,
  ]
}

/** The size that the picture is scaled to before it is turned: when it is made smaller, there is less to turn then. */
export const sizeBeforeTurn = ({ source, picture }: EncodePlan): EncodePlan['picture'] =>
  source.rotate % 180 === 0 ? picture : { width: picture.height, height: picture.width }

/** Rotated clockwise, then flipped: never more than one filter. */
export const turned = ({
  source: { rotate, flip },
}: {
  source: Pick<EncodePlan['source'], 'rotate' | 'flip'>
}): string | null => TURNS[rotate][flip ?? 'not']

// Of transpose, clock is a quarter clockwise and cclock one back, and with _flip it is also flipped vertically.
const TURNS = {
  0: { not: null, horizontal: 'hflip', vertical: 'vflip' },
  90: { not: 'transpose=clock', horizontal: 'transpose=cclock_flip', vertical: 'transpose=clock_flip' },
  180: { not: 'hflip,vflip', horizontal: 'vflip', vertical: 'hflip' },
  270: { not: 'transpose=cclock', horizontal: 'transpose=clock_flip', vertical: 'transpose=cclock_flip' },
} as const
