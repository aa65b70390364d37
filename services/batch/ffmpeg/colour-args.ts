/** What the colours of every result mean. */
export const colourArgs: readonly string[] = [
  ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
]
