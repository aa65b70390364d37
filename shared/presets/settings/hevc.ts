/** HEVC for every size. */
export const hevc = {
  codec: 'hevc',
  speed: 'superfast',
  crf: 25,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

export const hevcCost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.1 } as const
