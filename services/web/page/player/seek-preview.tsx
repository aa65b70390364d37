import { formatClock } from '../i18n/format.ts'
import type { Tile } from './read-storyboard.ts'
import { tileAt } from './tile-at.ts'

/** What is to be seen at a time, above its place on the seek bar; the time alone where there is no picture. */
export const SeekPreview = (props: { tiles: readonly Tile[]; seconds: number; durationSeconds: number }) => {
  const { tiles, seconds, durationSeconds } = props
  const tile = tileAt(tiles, seconds)
  return (
    <div
      class="player-preview"
      aria-hidden="true"
      style={{ '--share': `${seconds / durationSeconds}`, '--half': `${(tile?.width ?? TIME_PIXELS) / 2 + 2}px` }}
    >
      {tile !== undefined && (
        <img
          src={tile.url}
          alt=""
          draggable={false}
          style={{
            inlineSize: `${tile.width}px`,
            blockSize: `${tile.height}px`,
            objectPosition: `-${tile.x}px -${tile.y}px`,
          }}
        />
      )}
      <span>{formatClock(seconds)}</span>
    </div>
  )
}

/** As wide as "1:02:03" becomes. */
const TIME_PIXELS = 64
