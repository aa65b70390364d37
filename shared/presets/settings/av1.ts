/**
 * AV1 for every size, measured on the same four clips as H.264 (h264.ts), SVT-AV1 1.4: KiB together, average SSIM, CPU seconds together.
 *
 *     10/25   1257   0.9610    6.36      12/35    848   0.9527    2.31
 *     10/30    973   0.9586    5.79       9/35    709   0.9553    6.42
 *     10/35    739   0.9556    5.42       8/35    673   0.9562   10.46
 *     10/38    607   0.9529    4.79       8/40    488   0.9514    8.93
 *     10/40    528   0.9507    4.23       6/35    637   0.9583   17.49
 *     10/45    351   0.9432    4.37
 */
export const av1 = {
  codec: 'av1',
  // 8 makes a twelfth fewer bytes in twice the time, 12 a seventh more and worse edges in half of it.
  effort: 10,
  // Edges and noise almost as good as those of H.264 at 21, textures far better, in two thirds of the bytes.
  crf: 38,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

// CPU seconds of one core, ffmpeg 5.1, November 2026, beside H.264 on the same busy machine: 0.9 and 1.1 times its own at 720p, 1.3
// at 1080p, 1.0 at 2160p, each with noise; but 3.5 times at 240p, where there is little to share out. At 2160p it takes 1.4 GB of
// memory, H.264 0.9 GB.
export const av1Cost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.04 } as const
