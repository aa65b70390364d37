import type { TaskOptions } from './task-options.ts'

/** A picture stands still; a clip is a video. */
export const assetKinds = ['picture', 'clip'] as const

export type AssetKind = (typeof assetKinds)[number]

/** The options that name an asset, in their field `asset`, and which kinds each can use. */
const kindsOf = {
  intro: ['picture', 'clip'],
  outro: ['picture', 'clip'],
  watermark: ['picture'],
} as const satisfies Partial<Record<keyof TaskOptions, readonly AssetKind[]>>

export type AssetOption = keyof typeof kindsOf

export const assetOptions = ['intro', 'outro', 'watermark'] as const satisfies readonly AssetOption[]

export type NamedAsset = { option: AssetOption; assetId: string; kinds: readonly AssetKind[] }

/** Every asset that the options of a task name, with its id as the database writes it; the same one may be named twice. */
export const namedAssets = (options: TaskOptions): NamedAsset[] =>
  assetOptions.flatMap((option) => {
    const assetId = options[option]?.asset.toLowerCase()
    return assetId === undefined ? [] : [{ option, assetId, kinds: kindsOf[option] }]
  })
