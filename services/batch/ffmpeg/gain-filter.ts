/** The filter that makes all of a sound louder by so many decibels, or quieter; null when it is to stay as it is. */
export const gainFilter = (gainDb: number): string | null =>
  // Whole numbers would round quiet samples to nothing.
  gainDb === 0 ? null : `volume=volume=${gainDb}dB:precision=float`
