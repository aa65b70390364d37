/**
 * H.264 for every size of mp4. Measured on three seconds each of a zoom into a fractal with the noise of a camera, a test pattern, a
 * photograph that moves, and a dark gradient that fades: 426x240, 30 frames a second, one thread, ffmpeg 5.1, November 2026;
 * KiB together, average SSIM, CPU seconds together:
 *
 *     superfast 21   2802   0.9584   0.94      medium 21      1050   0.9540   3.19
 *     faster 21       948   0.9494   2.16      medium 24       677   0.9455   2.94
 *     veryfast 17    2346   0.9651   1.92      veryfast 23     646   0.9349   1.17
 *     veryfast 19    1566   0.9554   1.50      veryfast 25     491   0.9253   0.89
 *     veryfast 21     905   0.9429   1.36      ultrafast 23   2103   0.9451   0.40
 *
 * How bits are shared between what is even and what is not (aq-strength of x264), on the dark gradient of test/videos/bench-recipes.ts at
 * 640x360: bytes and SSIM against what PeerTube's settings make of it, and how near the gradient itself is, without its noise (PSNR of
 * both after a blur of 6 pixels, in 16 bits; lower is in bands). What PeerTube makes has 56.58 dB.
 *
 *     1.0 (default)   1.39   -0.00006   57.35      0.8             1.00   +0.00000   56.81
 *     0.9             1.14   +0.00003   57.37      aq-mode 2       0.89   -0.00012   56.02
 *
 * So 0.9: of noise, a screen and textures it makes 1 to 5 % more bytes than 1.0, and SSIM that is 0.0001 to 0.0005 higher.
 */
export const h264 = {
  codec: 'h264',
  // Time is the limit of a delivery, not bytes: medium 24 makes a quarter fewer for the same quality, in twice the time. What is
  // faster makes twice and three times the bytes.
  speed: 'veryfast',
  crf: 21,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

// CPU seconds of one core, ffmpeg 5.1, November 2026, noisy 1080p60: decode and scale 4.2 ms, encode 25 ms, and a tenth.
export const h264Cost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.027 } as const

// Some tenth more than this makes of noisy material; a telephone's 720p has about 6 Mb/s, and gets smaller.
export const h264Copy = { bitsPerSecond: 4_000_000 } as const
