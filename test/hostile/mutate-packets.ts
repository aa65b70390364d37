import type { Mutation } from './mutation.ts'
import type { Random } from './seeded-random.ts'

// ISO/IEC 13818-1: a transport stream is packets of this size, each beginning with 0x47.
const PACKET_BYTES = 188

/** Drops, repeats or shuffles packets, so that their counters jump. */
export const rearrangePackets: Mutation = (whole, random) => {
  const packets = packetsOf(whole)
  const changes = random.pick([1, 10, Math.ceil(packets.length / 3)])
  for (let left = changes; left > 0; left -= 1) {
    const at = random.between(0, packets.length - 1)
    const packet = random.pick(packets)
    packets.splice(at, random.pick([0, 1]), ...random.pick([[], [packet], [packet, packet]]))
  }
  return Buffer.concat(packets)
}

/** Gives packets other streams' numbers, wrong counters, scrambling, errors, or fields of adaptation that are all there is. */
export const absurdPackets: Mutation = (whole, random) => {
  const packets = packetsOf(whole)
  const change = random.pick([changePid, changeFlags, changeAdaptation])
  for (let left = random.pick([1, 10, packets.length]); left > 0; left -= 1) change(random.pick(packets), random)
  return Buffer.concat(packets)
}

/** Changes the tables that say which streams there are, and times in the headers of their packets. */
export const absurdTables: Mutation = (whole, random) => {
  const packets = packetsOf(whole)
  const starts = packets.filter((packet) => ((packet[1] ?? 0) & 0x40) !== 0)
  for (let left = random.pick([1, 5, 20]); left > 0; left -= 1) {
    // The header, then the section or the packet of a stream with its times.
    random.pick(starts)[random.between(4, 40)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.between(0, 255)])
  }
  return Buffer.concat(packets)
}

const packetsOf = (whole: Buffer): Buffer[] =>
  Array.from({ length: Math.floor(whole.length / PACKET_BYTES) }, (_, number) =>
    Buffer.from(whole.subarray(number * PACKET_BYTES, (number + 1) * PACKET_BYTES)),
  )

const changePid = (packet: Buffer, random: Random) => {
  packet.writeUInt16BE(random.pick([0, 1, 0x11, 0x100, 0x101, 0x1000, 0x1fff, random.between(0, 0x1fff)]), 1)
}

const changeFlags = (packet: Buffer, random: Random) => {
  packet[random.pick([1, 3])] = random.between(0, 255)
}

const changeAdaptation = (packet: Buffer, random: Random) => {
  packet[3] = 0x30 | random.between(0, 15)
  packet[4] = random.pick([0, 1, 7, 183, 184, 255])
  packet[5] = random.between(0, 255)
}
