/** How many samples of a sound its encoder puts into a packet. */
export const PACKET_SAMPLES = {
  aac: 1024,
  mp3: 1152,
  // 20 ms, which its encoder makes unless told otherwise.
  opus: 960,
  // One of the usual sizes, within FLAC's subset for every rate.
  flac: 4096,
} as const
