/** AV1 for every size. */
export const av1 = {
  codec: 'av1',
  effort: 10,
  crf: 35,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

export const av1Cost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.1 } as const
