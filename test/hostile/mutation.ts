import type { Random } from './seeded-random.ts'

/**
 * One way to damage a file: a new file from the bytes of a whole one. Pure, except for what it takes from `random`.
 * `otherSeed` is another whole clip, of another container, for what mixes two.
 */
export type Mutation = (whole: Buffer, random: Random, otherSeed: Buffer) => Buffer

/** Numbers of 32 bits at which programs that trust a file go wrong: nothing, the borders of signs and sizes, far too much. */
export const ABSURD_NUMBERS: readonly number[] = [
  0, 1, 2, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fff_fffe, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff,
]
