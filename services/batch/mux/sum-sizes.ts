/** The bytes of samples [from, to) together. */
export const sumSizes = (sizes: Uint32Array, from: number, to: number): number => {
  let sum = 0
  for (let at = from; at < to; at += 1) sum += sizes[at] ?? 0
  return sum
}
