import type { VideoPresetName } from '@reelway/shared/presets/catalogue.ts'
import { absurdCounts, absurdPlaces, absurdSizes, absurdTimes } from './mutate-box-fields.ts'
import { bombMetadata, lieAboutSize, nestBoxes, removeBox, repeatBox, swapBoxes } from './mutate-boxes.ts'
import { cutOut, flipBody, flipHeader, mixFiles, overwrite, repeatStretch, truncate } from './mutate-bytes.ts'
import { absurdChunks, absurdFlvTags, absurdHeader } from './mutate-chunks.ts'
import { absurdElements, bombTags, lieAboutElementSize, rearrangeElements, renameElements } from './mutate-elements.ts'
import { absurdPackets, absurdTables, rearrangePackets } from './mutate-packets.ts'
import { absurdPages, absurdSetup, rearrangePages } from './mutate-pages.ts'
import type { Mutation } from './mutation.ts'
import { seededRandom } from './seeded-random.ts'

/** The clips that are damaged, by their names among the recipes, and what is done to each besides what is done to all. */
const anyFile = { flipHeader, flipBody, truncate, cutOut, repeatStretch, overwrite, mixFiles }
const boxFile = {
  ...{ swapBoxes, removeBox, repeatBox, nestBoxes, lieAboutSize, bombMetadata },
  ...{ absurdSizes, absurdCounts, absurdTimes, absurdPlaces },
}
const elementFile = { rearrangeElements, absurdElements, renameElements, lieAboutElementSize, bombTags }
const mutationsOf = {
  'tiny-mp4': { ...anyFile, ...boxFile },
  'tiny-hevc': { ...anyFile, ...boxFile },
  'tiny-fragmented': { ...anyFile, ...boxFile },
  'tiny-mov': { ...anyFile, ...boxFile },
  'tiny-mkv': { ...anyFile, ...elementFile },
  'tiny-webm': { ...anyFile, ...elementFile },
  'tiny-ts': { ...anyFile, rearrangePackets, absurdPackets, absurdTables },
  'tiny-avi': { ...anyFile, absurdChunks },
  'tiny-flv': { ...anyFile, absurdFlvTags },
  'tiny-ogg': { ...anyFile, absurdPages, absurdSetup, rearrangePages },
  'tiny-asf': { ...anyFile, absurdHeader },
  'tiny-mpeg': { ...anyFile, absurdHeader },
} as const satisfies Record<string, Record<string, Mutation>>

export type SeedName = keyof typeof mutationsOf

/** The names of the whole clips. */
export const seedNames = Object.keys(mutationsOf).filter((name): name is SeedName => name in mutationsOf)

export type HostileFile = {
  /** Which one of its seed. The same seed and number give the same bytes. */
  number: number
  clip: SeedName
  mutation: string
  preset: VideoPresetName
  bytes: Buffer
}

// A list of its own, so that a file that once failed keeps its preset when there are more of them.
const presetNames = ['league', 'mp4-720p', 'webm-720p'] as const satisfies readonly VideoPresetName[]

// Each clip with each of its mutations in turn; from one round to the next only the random numbers differ.
const combinations = seedNames.flatMap((clip) =>
  Object.entries<Mutation>(mutationsOf[clip]).map(([mutation, mutate]) => ({ clip, mutation, mutate })),
)

/** File number `number` of a seed: one whole clip, damaged in one way. Pure: the clips are given. */
export const makeHostileFile = (
  seed: string,
  number: number,
  clips: Readonly<Record<SeedName, Buffer>>,
): HostileFile => {
  const combination = combinations[(number * STEP) % combinations.length]
  if (combination === undefined) throw new Error(`there is no file ${number}`)
  const { clip, mutation, mutate } = combination
  const random = seededRandom(`${seed} ${number}`)
  const other = clips[random.pick(seedNames.filter((name) => name !== clip))]
  const preset = random.pick(presetNames)
  return { number, clip, mutation, preset, bytes: mutate(clips[clip], random, other) }
}

// A prime that does not divide how many there are, so that all are visited, and those of one clip far from each other.
const STEP = 41
