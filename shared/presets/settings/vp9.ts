/**
 * VP9 for every size of webm, measured on the same four clips as H.264 (h264.ts): KiB together, average SSIM, CPU seconds together.
 *
 *     realtime/6 24   2375   0.9632   1.93      realtime/8 32   1361   0.9492   1.23
 *     realtime/6 28   1705   0.9563   1.56      realtime/7 32   1320   0.9498   1.56
 *     realtime/6 32   1296   0.9502   1.62      realtime/5 32   1278   0.9509   2.18
 *     realtime/6 36    974   0.9434   1.57      good/5 32        977   0.9529   8.73
 *     realtime/6 42    626   0.9289   1.54
 */
export const vp9 = {
  codec: 'vp9',
  // "good" makes a quarter fewer bytes in more than five times the time; AV1 makes fewer still in half of that.
  deadline: 'realtime',
  effort: 6,
  // As good as H.264 at 21, in about as many bytes.
  crf: 36,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

// CPU seconds of one core, ffmpeg 5.1, November 2026, noisy 1080p60: decode and scale 4.2 ms, encode 28 ms, and a tenth.
export const vp9Cost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.031 } as const

// VP9 needs about three quarters of the bits of H.264.
export const vp9Copy = { bitsPerSecond: 3_000_000 } as const
