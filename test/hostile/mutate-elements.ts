import { type Element, elementLists, parseElements, writeElement, writeElements } from './element-tree.ts'
import { ABSURD_NUMBERS, type Mutation } from './mutation.ts'

/** Leaves an element out, puts it in up to 300 times, or exchanges it with its neighbour. */
export const rearrangeElements: Mutation = (whole, random) => {
  const elements = parseElements(whole)
  const list = random.pick(elementLists(elements).filter(({ length }) => length > 1))
  const at = random.between(0, list.length - 2)
  const [a, b] = [list[at], list[at + 1]]
  if (a === undefined || b === undefined) return whole
  const times = random.pick([0, 2, 100, 300])
  list.splice(at, 2, ...random.pick([[b, a], [b], Array.from({ length: times }, () => a)]))
  return writeElements(elements)
}

/** Gives a number of the header an absurd value: tick, duration, width, height, frame duration, channels, sample rate, offsets. */
export const absurdElements: Mutation = (whole, random) => {
  const elements = parseElements(whole)
  const numbers = leaves(elements).filter(({ payload }) => payload.length > 0 && payload.length <= 8)
  for (let left = random.pick([1, 1, 3]); left > 0; left -= 1) {
    const leaf = random.pick(numbers)
    const bytes = Buffer.alloc(8)
    if (random.pick([true, false])) bytes.writeDoubleBE(random.pick([-1, 0, 1e-300, 1e18, Number.NaN, Infinity]))
    else bytes.writeBigUInt64BE(BigInt(random.pick(ABSURD_NUMBERS)) * BigInt(random.pick([1, 1, 0xffff_ffff])))
    leaf.payload = random.pick([bytes, bytes.subarray(4), bytes.subarray(8 - Math.min(8, leaf.payload.length))])
  }
  return writeElements(elements)
}

/** Changes what elements are called: unknown, forbidden, or another element's name. */
export const renameElements: Mutation = (whole, random) => {
  const elements = parseElements(whole)
  const lists = elementLists(elements)
  for (let left = random.pick([1, 2, 5]); left > 0; left -= 1) {
    const element = random.pick(random.pick(lists.filter(({ length }) => length > 0)))
    element.id = random.pick(['ec', 'ff', '00', '1f43b675', 'ae', 'a3', '6d80', '1a45dfa3', '42f7', '01ffffff'])
  }
  return writeElements(elements)
}

/** Says a wrong size for one element: nothing, too little, more than its parent holds, a petabyte, unknown. */
export const lieAboutElementSize: Mutation = (whole, random) => {
  const written = writeElements(parseElements(whole))
  // Written with sizes of eight bytes, of which the first is 1: so the place of a size is known.
  const list = random.pick(elementLists(parseElements(written)).filter(({ length }) => length > 0))
  const element = random.pick(list)
  const inside = 'children' in element ? writeElements(element.children) : element.payload
  const start = written.indexOf(writeElement(element.id, inside))
  const lie = random.pick([0, 1, inside.length * 2 + 1, Math.max(0, inside.length - 1), 2 ** 31, 2 ** 50])
  const unknown = Buffer.from('01ffffffffffffff', 'hex')
  const announced = random.pick([true, false, false]) ? unknown : writeElement('', Buffer.alloc(0), lie)
  announced.copy(written, start + element.id.length / 2)
  return written
}

/** Tags of megabytes, ten thousand tags, attachments, or tags within tags within tags. */
export const bombTags: Mutation = (whole, random) => {
  const elements = parseElements(whole)
  const { count, characters, depth } = random.pick([
    { count: 1, characters: 12_000_000, depth: 0 },
    { count: 10_000, characters: 20, depth: 0 },
    { count: 30, characters: 500_000, depth: 0 },
    { count: 1, characters: 20, depth: 300 },
  ])
  const tags = Array.from({ length: count }, (_, number) => simpleTag(`TAG${number}`, 'x'.repeat(characters), depth))
  const segment = elements.find(({ id }) => id === '18538067')
  if (segment === undefined || !('children' in segment)) return whole
  const bomb: Element[] = [
    { id: '1254c367', children: [{ id: '7373', children: [{ id: '63c0', payload: Buffer.alloc(0) }, ...tags] }] },
    { id: '1941a469', payload: writeElement('61a7', attachment(characters)) },
  ]
  segment.children.splice(random.between(1, segment.children.length), 0, ...bomb)
  return writeElements(elements)
}

const simpleTag = (name: string, value: string, depth: number): Element => {
  const children: Element[] = [
    { id: '45a3', payload: Buffer.from(name) },
    { id: '4487', payload: Buffer.from(value) },
  ]
  if (depth > 0) children.push(simpleTag(name, value, depth - 1))
  return { id: '67c8', children }
}

const attachment = (bytes: number): Buffer =>
  Buffer.concat([
    writeElement('466e', Buffer.from('../../../etc/passwd')),
    writeElement('4660', Buffer.from('application/x-truetype-font')),
    writeElement('46ae', Buffer.from([7])),
    writeElement('465c', Buffer.alloc(bytes)),
  ])

const leaves = (elements: readonly Element[]): { id: string; payload: Buffer }[] =>
  elements.flatMap((element) => ('children' in element ? leaves(element.children) : [element]))
