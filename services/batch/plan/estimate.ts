import type { VideoPreset } from '@reelway/shared/presets/schema.ts'

/** Pixels to be decoded and to be encoded, in millions. */
export type Work = { megapixelsDecoded: number; megapixelsEncoded: number }

/** About how many seconds a conversion takes on `cores` cores, by the preset's measured cost of a million pixels. */
export const estimateSeconds = (work: Work, cost: VideoPreset['cost'], cores: number): number =>
  (work.megapixelsDecoded * cost.decodeSecondsPerMegapixel + work.megapixelsEncoded * cost.encodeSecondsPerMegapixel) /
  cores
