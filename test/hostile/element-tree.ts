/** An element of Matroska: one with other elements in it, or one with bytes. `id` is written as it is in the file, in hex. */
export type Element = { id: string; children: Element[] } | { id: string; payload: Buffer }

// RFC 9559: the elements that hold elements and that a muxer of ours writes.
const MASTERS: ReadonlySet<string> = new Set([
  ...['1a45dfa3', '18538067', '114d9b74', '4dbb', '1549a966', '1654ae6b', 'ae', 'e0', 'e1', '1f43b675', 'a0'],
  ...['1c53bb6b', 'bb', 'b7', '1254c367', '7373', '63c0', '67c8'],
])

/** The elements of a whole file, all of known sizes. */
export const parseElements = (bytes: Buffer): Element[] => {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const idBytes = lengthOfNumber(bytes[at] ?? 0)
    const id = bytes.toString('hex', at, at + idBytes)
    const sizeAt = at + idBytes
    const start = sizeAt + lengthOfNumber(bytes[sizeAt] ?? 0)
    const end = start + readSize(bytes.subarray(sizeAt, start))
    const inside = bytes.subarray(start, end)
    elements.push(MASTERS.has(id) ? { id, children: parseElements(inside) } : { id, payload: Buffer.from(inside) })
    at = end
  }
  return elements
}

/** The bytes of elements, each with the size of what it holds now, in eight bytes. */
export const writeElements = (elements: readonly Element[]): Buffer =>
  Buffer.concat(
    elements.map((element) =>
      writeElement(element.id, 'children' in element ? writeElements(element.children) : element.payload),
    ),
  )

/** One element around bytes; `announcedBytes` may lie about how many they are. */
export const writeElement = (id: string, payload: Buffer, announcedBytes = payload.length): Buffer => {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE((1n << 56n) | BigInt(announcedBytes))
  return Buffer.concat([Buffer.from(id, 'hex'), size, payload])
}

/** Every list of elements in a tree, the outermost first. */
export const elementLists = (elements: Element[]): Element[][] => [
  elements,
  ...elements.flatMap((element) => ('children' in element ? elementLists(element.children) : [])),
]

/** A number of EBML says by its leading zero bits how many bytes it has. */
const lengthOfNumber = (firstByte: number): number => Math.clz32(firstByte) - 23

const readSize = (bytes: Buffer): number => {
  const number = BigInt(`0x${bytes.toString('hex')}`)
  return Number(number & ((1n << BigInt(7 * bytes.length)) - 1n))
}
