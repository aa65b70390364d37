import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { formatClock } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import type { Tile } from './read-storyboard.ts'
import { SeekPreview } from './seek-preview.tsx'
import type { Media } from './use-media.ts'

/**
 * Where it plays, how far it is loaded, and how long it is. A slider: its keys are those of the whole player. What is to be seen at a place is
 * shown while the pointer is on it, while it is dragged, and for a moment after a key has sought: `sought` says where to, each time anew.
 */
export const SeekBar = (props: {
  media: Media
  tiles: Signal<readonly Tile[]>
  sought: Signal<{ seconds: number } | undefined>
}) => {
  const { media, tiles, sought } = props
  const duration = media.duration.value
  const pointedAt = useSignal<number | undefined>(undefined)
  const shown = pointedAt.value ?? sought.value?.seconds
  useEffect(() => {
    const timer = setTimeout(() => {
      sought.value = undefined
    }, SOUGHT_MILLIS)
    return () => clearTimeout(timer)
  }, [sought, sought.value])
  const percent = (seconds: number) => `${duration === 0 ? 0 : (seconds / duration) * 100}%`
  const leave = () => {
    pointedAt.value = undefined
  }
  return (
    <div class="player-seek">
      <input
        type="range"
        aria-label={t('player.seek')}
        aria-valuetext={t('player.position', {
          now: formatClock(media.position.value),
          all: formatClock(duration),
        })}
        min={0}
        max={duration}
        step="any"
        value={media.position.value}
        style={{ '--played': percent(media.position.value), '--loaded': percent(media.loadedUntil.value) }}
        onInput={({ currentTarget }) => {
          pointedAt.value = currentTarget.valueAsNumber
          media.seek(currentTarget.valueAsNumber)
        }}
        onPointerMove={({ currentTarget, clientX }) => {
          pointedAt.value = timeUnder(currentTarget, clientX) * duration
        }}
        onPointerLeave={leave}
        onPointerCancel={leave}
        onPointerUp={({ pointerType }) => pointerType !== 'mouse' && leave()}
        onBlur={leave}
      />
      {shown !== undefined && duration > 0 && (
        <SeekPreview tiles={tiles.value} seconds={Math.min(shown, duration)} durationSeconds={duration} />
      )}
    </div>
  )
}

/** Long enough to see where the next press would lead. */
const SOUGHT_MILLIS = 1_500

/** The width of the thumb (player.css): its middle goes from half of it to half of it before the end. */
const THUMB_PIXELS = 16

/** Which share of a slider is under the pointer, from 0 to 1. */
const timeUnder = (slider: HTMLInputElement, clientX: number): number => {
  const { left, width } = slider.getBoundingClientRect()
  return Math.max(0, Math.min(1, (clientX - left - THUMB_PIXELS / 2) / (width - THUMB_PIXELS)))
}
