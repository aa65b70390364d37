import type { ClipFacts } from './source-facts.ts'

/** A picture, as it is seen: upright. */
export type PictureFacts = { kind: 'picture'; width: number; height: number; hasAlpha: boolean }

/** What is known of a picture or clip of the user's before anything is decided. */
export type AssetFacts = PictureFacts | { kind: 'clip'; source: ClipFacts }

/** Those that a task uses, by the option that names them. */
export type TaskAssets = { intro?: AssetFacts; outro?: AssetFacts; watermark?: PictureFacts }
