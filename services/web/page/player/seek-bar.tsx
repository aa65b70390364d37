import { formatClock } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import type { Media } from './use-media.ts'

/** Where it plays, how far it is loaded, and how long it is. A slider: its keys are those of the whole player. */
export const SeekBar = ({ media }: { media: Media }) => {
  const duration = media.duration.value
  const now = formatClock(media.position.value)
  const all = formatClock(duration)
  const percent = (seconds: number) => `${duration === 0 ? 0 : (seconds / duration) * 100}%`
  return (
    <>
      <input
        class="player-seek"
        type="range"
        aria-label={t('player.seek')}
        aria-valuetext={t('player.position', { now, all })}
        min={0}
        max={duration}
        step="any"
        value={media.position.value}
        style={{ '--played': percent(media.position.value), '--loaded': percent(media.loadedUntil.value) }}
        onInput={({ currentTarget }) => media.seek(currentTarget.valueAsNumber)}
      />
      <span class="player-time" aria-hidden="true">
        {now} / {all}
      </span>
    </>
  )
}
