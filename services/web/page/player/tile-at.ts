import type { Tile } from './read-storyboard.ts'

/**
 * The tile that stands at a time in seconds: the last that has begun, so that there is one at the very end, too; before the first, the first.
 * undefined when there is none at all.
 */
export const tileAt = (tiles: readonly Tile[], seconds: number): Tile | undefined =>
  tiles.findLast(({ startSeconds }) => startSeconds <= seconds) ?? tiles[0]
