type Sound = {
  container: string
  /** Where it begins, in seconds from the start of the source. */
  startSeconds: number
}

/** The filters that leave of a sound what comes from one sample of its source on: its rate is pinned, for they count in its samples. */
export const enteredAt = (sound: Sound, sourceRateHz: number, sourceSample: number): (string | null)[] => [
  `aformat=sample_rates=${sourceRateHz}`,
  KEEPS_MILLISECONDS.has(sound.container) ? onPacketGrid(sound, sourceRateHz) : null,
  `atrim=start_pts=${sourceSample}`,
]

// Containers whose times are whole milliseconds: up to 24 samples beside the sample that a packet really begins with.
const KEEPS_MILLISECONDS: ReadonlySet<string> = new Set(['matroska', 'flv', 'asf'])

/**
 * Moves each frame of the sound to where it is if every packet before it was as long as it is, unless that is farther away
 * than the rounding of milliseconds explains (two of them: its own and that of the first packet).
 */
const onPacketGrid = ({ startSeconds }: Sound, sourceRateHz: number): string => {
  const first = Math.round(startSeconds * sourceRateHz)
  const tolerance = Math.ceil(0.002 * sourceRateHz)
  const onGrid = `st(0,${first}+round((PTS-${first})/NB_SAMPLES)*NB_SAMPLES)`
  return `asetpts='if(lte(abs(${onGrid}-PTS),${tolerance}),ld(0),PTS)'`
}
