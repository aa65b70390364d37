/** So many pictures are enough for a seek bar of a thousand pixels, and make a sprite of 20 to 400 kB (run). */
export const MOST_TILES = 100
const SHORTEST_SECONDS = 1

/** How far apart the tiles of a storyboard are, in seconds. There is one for each such stretch that a key frame begins in, its first. */
export const tileIntervalSeconds = (durationSeconds: number): number =>
  // A key frame at the very end, after the last whole stretch, would be one too many.
  Math.max(SHORTEST_SECONDS, durationSeconds / (MOST_TILES - 1))

/** A sprite has at most so many in a row. */
const MOST_COLUMNS = 10

/** How a number of tiles is laid out. */
export const tileGrid = (tiles: number): { columns: number; rows: number } => {
  const columns = Math.min(MOST_COLUMNS, tiles)
  return { columns, rows: Math.ceil(tiles / columns) }
}
