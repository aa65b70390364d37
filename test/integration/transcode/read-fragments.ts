/** A fragment of a CMAF file: where it lies, when its first sample is decoded, how long each lasts, all in ticks, and its samples. */
export type FragmentRead = {
  firstByte: number
  endByte: number
  decodeTicks: number
  stepTicks: number
  samples: { firstByte: number; sizeBytes: number; compositionTicks: number }[]
}

export type CmafRead = { timescale: number; editStartTicks: number; entry: Buffer; fragments: FragmentRead[] }

/** Reads the one track of a CMAF file of ours (ISO/IEC 14496-12), by its boxes alone. */
export const readFragments = (file: Buffer): CmafRead => {
  const box = (type: string, from = 0) => {
    const at = file.indexOf(type, from)
    return at === -1 ? undefined : at + 4
  }
  const [mdhd = 0, elst, stsd = 0] = [box('mdhd'), box('elst'), box('stsd')]
  const fragments: FragmentRead[] = []
  let at = file.indexOf('moof') - 4
  while (at < file.length) {
    const mdat = at + file.readUInt32BE(at)
    const [tfhd = 0, tfdt = 0, trun = 0] = [box('tfhd', at), box('tfdt', at), box('trun', at)]
    fragments.push({
      ...{ firstByte: at, endByte: mdat + file.readUInt32BE(mdat) },
      ...{ decodeTicks: Number(file.readBigUInt64BE(tfdt + 4)), stepTicks: file.readUInt32BE(tfhd + 8) },
      samples: samplesOf(file, trun, at),
    })
    at = mdat + file.readUInt32BE(mdat)
  }
  return {
    timescale: file.readUInt32BE(mdhd + 12),
    editStartTicks: elst === undefined ? 0 : file.readInt32BE(elst + 12),
    entry: file.subarray(stsd + 8, stsd + 8 + file.readUInt32BE(stsd + 8)),
    fragments,
  }
}

const HAS_FLAGS = 0x400

const samplesOf = (file: Buffer, trun: number, moof: number): FragmentRead['samples'] => {
  const isPicture = (file.readUInt32BE(trun) & HAS_FLAGS) !== 0
  const count = file.readUInt32BE(trun + 4)
  let firstByte = moof + file.readUInt32BE(trun + 8)
  return Array.from({ length: count }, (_, index) => {
    const entry = trun + 12 + index * (isPicture ? 12 : 4)
    const sizeBytes = file.readUInt32BE(entry)
    const sample = { firstByte, sizeBytes, compositionTicks: isPicture ? file.readInt32BE(entry + 8) : 0 }
    firstByte += sizeBytes
    return sample
  })
}

/** The types of the NAL units of a sample of H.264 (ISO/IEC 14496-10, table 7-1): 5 is a slice of an IDR frame. */
export const unitTypes = (
  file: Buffer,
  { firstByte, sizeBytes }: { firstByte: number; sizeBytes: number },
): number[] => {
  const types: number[] = []
  for (let at = firstByte; at < firstByte + sizeBytes; at += 4 + file.readUInt32BE(at)) {
    types.push(file.readUInt8(at + 4) & 0x1f)
  }
  return types
}
