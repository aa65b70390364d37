// ITU-R BT.1886: what a screen makes of the signal, and back.
const GAMMA = 2.4
// What of the normal screen's range is left as it is; above it bright things are brought closer together (mobius).
const KNEE = 0.3
// 1,000 cd/m2, what most such videos are made for, above the 203 of white in BT.2408.
const PEAK = 1000 / 203

/** What a colour of a normal video becomes that was put into HDR, its white at 203 cd/m2, and is mapped back. */
export const toneMapped = (colour: readonly [number, number, number]): number[] => {
  const linear = colour.map((level) => (level / 255) ** GAMMA)
  const brightest = Math.max(...linear)
  const ratio = mobius(brightest) / brightest
  return linear.map((level) => 255 * Math.min(1, level * ratio) ** (1 / GAMMA))
}

const mobius = (level: number): number => {
  if (level <= KNEE) return level
  const a = (-KNEE * KNEE * (PEAK - 1)) / (KNEE * KNEE - 2 * KNEE + PEAK)
  const b = (KNEE * KNEE - 2 * KNEE * PEAK + PEAK) / (PEAK - 1)
  return ((b * b + 2 * b * KNEE + KNEE * KNEE) / (b - a)) * ((level + a) / (level + b))
}
