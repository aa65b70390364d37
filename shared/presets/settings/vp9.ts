/** VP9 for every size of webm. */
export const vp9 = {
  codec: 'vp9',
  // Six seconds of a noisy 1280x720 at 30 a second, ffmpeg 5.1, November 2026: good/5 took 32.6 s of CPU at SSIM 0.9823,
  // realtime/6 7.4 s at SSIM 0.9839 for 7 % more bytes. On two cores only the second converts more than a few minutes.
  deadline: 'realtime',
  effort: 6,
  // libvpx's own scale: its guide for web video gives 32 for 720p.
  crf: 32,
  pixelFormat: 'yuv420p',
  keyframeSeconds: 4,
} as const

// CPU seconds of one core, ffmpeg 5.1, November 2026, noisy 1080p60: decode and scale 4.2 ms, encode 28 ms, and a tenth.
export const vp9Cost = { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.031 } as const
