import type { AssetOption } from '@reelway/shared/options/named-assets.ts'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { Refused } from '../refusal.ts'

/** Something of the user's at a URL of our loopback source, and the option that names it. */
export type AssetRequest = { binaries: Binaries; option: AssetOption; url: string; signal: AbortSignal }

/** The refusal of a task for the picture or clip that one of its options names. */
export const assetUnusable = (option: AssetOption, reason: string): Refused => ({
  kind: 'refused',
  code: 'asset_unusable',
  parameters: { option, reason },
})
