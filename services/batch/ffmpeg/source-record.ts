/** What one stream of the source really held, as far as it was read. */
export type StreamRecord = {
  packets: number
  /** Where its first packet begins, which ffmpeg makes sure is a key packet; null before any. */
  firstStartSeconds: number | null
  /** How many packets come before the last key packet. */
  packetsBeforeLastKey: number
  /** Where its last packet begins and ends on the shown time line, in seconds from the start of the source; -1 before any. */
  lastStartSeconds: number
  endSeconds: number
}

/** What was read of the source, by the order in which its streams were mapped: the picture first, then the sound. */
export type SourceRecord = readonly StreamRecord[]

const emptyStream = (): StreamRecord => ({
  packets: 0,
  firstStartSeconds: null,
  packetsBeforeLastKey: 0,
  lastStartSeconds: -1,
  endSeconds: -1,
})

// AV_PKT_FLAG_KEY of libavcodec's packet.h.
const KEY_FLAG = 1

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
    const flags = /, F=0x([0-9A-F]+)/.exec(line)?.[1]
    if (flags === undefined || (Number.parseInt(flags, 16) & KEY_FLAG) !== 0) {
      stream.packetsBeforeLastKey = stream.packets
    }
    stream.packets += 1
    // avi gives no pts; its dts is at most a few frames off.
    const ticks = Number(packet[3] === 'NOPTS' ? packet[2] : packet[3])
    if (Number.isNaN(ticks)) return
    stream.firstStartSeconds ??= ticks * tickSeconds
    stream.lastStartSeconds = Math.max(stream.lastStartSeconds, ticks * tickSeconds)
    stream.endSeconds = Math.max(stream.endSeconds, (ticks + Math.max(0, Number(packet[4]))) * tickSeconds)
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
