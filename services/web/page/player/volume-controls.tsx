import { Icon } from '../design/icon.tsx'
import { formatPercent } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import type { Media } from './use-media.ts'

/** How loud it is, and whether at all. */
export const VolumeControls = ({ media }: { media: Media }) => {
  const volume = media.isMuted.value ? 0 : media.volume.value
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={volume === 0 ? t('player.unmute') : t('player.mute')}
        onClick={media.toggleMuted}
      >
        <Icon name={volume === 0 ? 'muted' : 'sound'} />
      </button>
      <input
        class="player-volume"
        type="range"
        aria-label={t('player.volume')}
        aria-valuetext={formatPercent(volume)}
        min={0}
        max={1}
        step={0.05}
        value={volume}
        style={{ '--played': `${volume * 100}%`, '--loaded': '0%' }}
        onInput={({ currentTarget }) => media.setVolume(currentTarget.valueAsNumber)}
      />
    </>
  )
}
