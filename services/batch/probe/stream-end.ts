import { durationTagSeconds, type ProbeReport, type ProbeStream } from './probe-report.ts'

export type StreamEnd =
  | { kind: 'announced'; endSeconds: number; knownFrom: 'stream' | 'container' }
  /** Nothing in the file says how long it is: the packets have to be read to find out. */
  | { kind: 'unknown' }

// Matroska's times count from zero, or from the first packet, depending on who wrote the file: it matters above this.
const AMBIGUOUS_START_SECONDS = 0.1

/**
 * Where the picture or the sound ends on the source's time line (whose zero is the container's start), by whoever is to be trusted most:
 * the stream itself, then the container. `guessed`: the container's duration is ffprobe's guess from the bit rate.
 */
export const streamEnd = ({ format }: ProbeReport, main: ProbeStream, guessed: boolean): StreamEnd => {
  const start = format.start_time ?? 0
  if (format.format_name.startsWith('matroska') && Math.abs(start) > AMBIGUOUS_START_SECONDS) return { kind: 'unknown' }
  if (format.format_name === 'avi') {
    // Of an avi that was cut short ffprobe tells the length that is left; its header still counts every frame (run).
    const counted = positive(
      ((main.nb_frames ?? 0) * (main.avg_frame_rate?.den ?? 0)) / (main.avg_frame_rate?.num ?? 1),
    )
    if (counted > 0) return { kind: 'announced', endSeconds: counted, knownFrom: 'stream' }
  }
  // A wmv counts from zero, wherever its picture begins.
  const began = format.format_name === 'asf' ? 0 : (main.start_time ?? start)
  const stream = began - start + positive(guessed ? undefined : main.duration)
  if (stream > 0) return { kind: 'announced', endSeconds: stream, knownFrom: 'stream' }
  const tag = positive(durationTagSeconds(main))
  if (tag > 0) return { kind: 'announced', endSeconds: tag, knownFrom: 'stream' }
  const container = positive(guessed ? undefined : format.duration)
  if (container > 0) return { kind: 'announced', endSeconds: container, knownFrom: 'container' }
  return { kind: 'unknown' }
}

/** Not-a-number, so that every comparison with it fails, for what is missing or not positive. */
const positive = (seconds: number | undefined): number => (seconds !== undefined && seconds > 0 ? seconds : Number.NaN)
