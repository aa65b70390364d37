/** What one stream of the source really held, as far as it was read. */
export type StreamRecord = {
  packets: number
  /** Where its first packet begins, which ffmpeg makes sure is a key packet; null before any. */
  firstStartSeconds: number | null
  /** Where the first begins to be shown: before that, if it is not the first to be shown. */
  earliestStartSeconds: number | null
  /** How many packets come before the last key packet. */
  packetsBeforeLastKey: number
  /** The longest time from one key packet to the next, or to the end of what was read, in seconds. */
  longestKeyGapSeconds: number
  /** How many packets are damaged, or only there for others and not to be shown. */
  unshownPackets: number
  /** Where its last packet begins and ends on the shown time line, in seconds from the start of the source; -1 before any. */
  lastStartSeconds: number
  endSeconds: number
}

/** What was read of the source, by the order in which its streams were mapped: the picture first, then the sound. */
export type SourceRecord = readonly StreamRecord[]

const emptyStream = (): StreamRecord => ({
  packets: 0,
  firstStartSeconds: null,
  earliestStartSeconds: null,
  packetsBeforeLastKey: 0,
  longestKeyGapSeconds: 0,
  unshownPackets: 0,
  lastStartSeconds: -1,
  endSeconds: -1,
})

// AV_PKT_FLAG_KEY of libavcodec's packet.h.
const KEY_FLAG = 1
const CORRUPT_OR_DISCARD_FLAGS = 2 | 4

// The second is libavutil's AV_NOPTS_VALUE, which some versions write as it is (5.1, of Xvid with packed B-frames).
const NO_TIME: ReadonlySet<string> = new Set(['NOPTS', '-9223372036854775808'])

// A line has at most 20 characters in each of its six fields.
const MAX_LINE_CHARACTERS = 4096

/**
 * Reads ffmpeg's framecrc output piece by piece, in constant memory: `add` takes text as it comes, `record` gives the sums.
 * Lines are `#tb 0: 1/60000` for the time base of stream 0 and `0, dts, pts, duration, size, checksum` for each packet,
 * with `, F=0x0` or other flags unless it is a key packet and nothing else.
 */
export const createSourceRecorder = (): { add: (text: string) => void; record: () => SourceRecord } => {
  const timeBases: number[] = []
  const streams: StreamRecord[] = []
  const lastKeySeconds: number[] = []
  let rest = ''

  const addLine = (line: string) => {
    const timeBase = /^#tb (\d+): (\d+)\/(\d+)/.exec(line)
    if (timeBase !== null) {
      timeBases[Number(timeBase[1])] = Number(timeBase[2]) / Number(timeBase[3])
      streams[Number(timeBase[1])] = emptyStream()
      return
    }
    const packet = /^(\d+), +(-?\d+|NOPTS), +(-?\d+|NOPTS), +(-?\d+),/.exec(line)
    const stream = streams[Number(packet?.[1])]
    const tickSeconds = timeBases[Number(packet?.[1])]
    if (packet === null || stream === undefined || tickSeconds === undefined) return
    const flags = Number.parseInt(/, F=0x([0-9A-F]+)/.exec(line)?.[1] ?? String(KEY_FLAG), 16)
    const isKey = (flags & KEY_FLAG) !== 0
    if (isKey) stream.packetsBeforeLastKey = stream.packets
    if ((flags & CORRUPT_OR_DISCARD_FLAGS) !== 0) stream.unshownPackets += 1
    stream.packets += 1
    // avi gives no pts; its dts is at most a few frames off.
    const ticks = Number(NO_TIME.has(packet[3] ?? '') ? packet[2] : packet[3])
    if (Number.isNaN(ticks)) return
    stream.firstStartSeconds ??= ticks * tickSeconds
    stream.earliestStartSeconds = Math.min(stream.earliestStartSeconds ?? ticks * tickSeconds, ticks * tickSeconds)
    stream.lastStartSeconds = Math.max(stream.lastStartSeconds, ticks * tickSeconds)
    stream.endSeconds = Math.max(stream.endSeconds, (ticks + Math.max(0, Number(packet[4]))) * tickSeconds)
    const index = Number(packet[1])
    const gap = ticks * tickSeconds - (lastKeySeconds[index] ?? ticks * tickSeconds)
    stream.longestKeyGapSeconds = Math.max(stream.longestKeyGapSeconds, gap)
    if (isKey) lastKeySeconds[index] = ticks * tickSeconds
  }

  return {
    add: (text) => {
      const lines = (rest + text).split('\n')
      rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS)
      for (const line of lines) addLine(line)
    },
    record: () => streams,
  }
}
