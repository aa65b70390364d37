// Those that go on when something else is put behind them, as broadcasts and joined files do.
const MAY_CHANGE_FORMAT: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'mp3', 'aac', 'ac3', 'eac3', 'dts'])

/**
 * Whether silence may be put before the first sample that a graph of the sound gets. When the format of a sound changes in its
 * middle, ffmpeg makes the graph anew, and the new one would put silence before what comes then, too, as long as all that was heard
 * (run: a broadcast of 4 s of mono and 4 s of stereo became 12 s). So it is only where the format does not change, or where the
 * sound begins `startSeconds` after what is used of the source.
 */
export const padsStart = (container: string, startSeconds: number): boolean =>
  !MAY_CHANGE_FORMAT.has(container) || startSeconds > SHORTEST_PADDING_SECONDS

// Less than half a sample at every rate up to 96 kHz.
const SHORTEST_PADDING_SECONDS = 0.000005
