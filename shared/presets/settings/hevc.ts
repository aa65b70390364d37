/**
 * HEVC for every size, measured on the same four clips as H.264 (h264.ts): KiB together, average SSIM, CPU seconds together.
 *
 *     veryfast 20   1245   0.9581   5.83      superfast 22    949   0.9510   3.82
 *     veryfast 23    803   0.9510   4.34      superfast 25    662   0.9407   3.14
 *     veryfast 25    610   0.9453   4.05      ultrafast 25    699   0.9260   2.46
 *     veryfast 26    537   0.9413   3.69      fast 26         544   0.9431   4.94
 *     veryfast 29    340   0.9266   3.27
 *     veryfast 32    204   0.9092   2.62
 */
export const hevc = {
  codec: 'hevc',
  // Superfast makes a fifth more bytes of the same quality in a tenth less time; fast is no better for a third more time.
  speed: 'veryfast',
  // As good as H.264 at 21, in two thirds of the bytes and three times the time.
  crf: 25,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

// CPU seconds of one core, ffmpeg 5.1, November 2026, beside H.264 on the same busy machine: 3.7 and 4.0 times its own at 720p, 2.9
// at 1080p, 2.0 at 2160p, each with noise. At 2160p it takes 1.3 GB of memory, H.264 0.9 GB.
export const hevcCost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.09 } as const
