import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { Notice } from '../design/notice.tsx'
import { formatClock } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { actOnKey } from './act-on-key.ts'
import { SeekBar } from './seek-bar.tsx'
import { useMedia } from './use-media.ts'
import { type Source, useSource } from './use-source.ts'
import { useStoryboard } from './use-storyboard.ts'
import { VolumeControls } from './volume-controls.tsx'

type MediaPlayerProps = Source & {
  title: string
  /** what is shown until it plays, and beside sound */
  posterUrl: string | undefined
  /** the cues of what is shown while somebody seeks */
  storyboardUrl: string | undefined
}

/** Plays a video, a stream or sound with controls of our own, by pointer and by keys. */
export const MediaPlayer = ({ title, posterUrl, storyboardUrl, ...source }: MediaPlayerProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const element = useRef<HTMLVideoElement>(null)
  const { kind } = source
  const media = useMedia(element)
  const hasFailed = useSource(element, source)
  const isFullScreen = useSignal(false)
  const tiles = useStoryboard(storyboardUrl)
  const sought = useSignal<{ seconds: number } | undefined>(undefined)
  useEffect(() => {
    const read = () => {
      isFullScreen.value = document.fullscreenElement !== null
    }
    document.addEventListener('fullscreenchange', read)
    return () => document.removeEventListener('fullscreenchange', read)
  }, [isFullScreen])
  const toggleFullScreen = () => {
    if (document.fullscreenElement === null) void frame.current?.requestFullscreen?.()
    else void document.exitFullscreen()
  }
  if (hasFailed.value) {
    const hint = t(kind === 'stream' ? 'player.streamFailedHint' : 'player.failedHint')
    return <Notice kind="bad" title={t(kind === 'stream' ? 'player.streamFailed' : 'player.failed')} detail={hint} />
  }
  const player = (
    // biome-ignore lint/a11y/useSemanticElements: a group of controls, of which none is a field of a form
    <div
      ref={frame}
      class={`player player-${kind}`}
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        const { current } = element
        const before = current?.currentTime
        if (current === null || !actOnKey(event, current, toggleFullScreen)) return
        event.preventDefault()
        if (current.currentTime !== before) sought.value = { seconds: current.currentTime }
      }}
    >
      {kind === 'sound' && posterUrl !== undefined && <img class="player-cover" src={posterUrl} alt="" />}
      {/* biome-ignore lint/a11y/useMediaCaption: what users upload has no captions */}
      <video
        ref={element}
        poster={posterUrl}
        preload="metadata"
        playsInline
        autoPlay
        tabIndex={-1}
        onClick={media.toggle}
        onDblClick={toggleFullScreen}
      />
      <div class="player-controls">
        <SeekBar media={media} tiles={tiles} sought={sought} />
        <button
          type="button"
          class="icon-button"
          // biome-ignore lint/a11y/noAutofocus: in a dialog that was opened to play it; its keys are heard from here
          autoFocus
          aria-label={media.isPlaying.value ? t('player.pause') : t('player.play')}
          onClick={media.toggle}
        >
          <Icon name={media.isPlaying.value ? 'pause' : 'play'} />
        </button>
        <span class="player-time" aria-hidden="true">
          {formatClock(media.position.value)} / {formatClock(media.duration.value)}
        </span>
        <VolumeControls media={media} />
        {kind !== 'sound' && (
          <button
            type="button"
            class="icon-button"
            aria-label={isFullScreen.value ? t('player.leaveFullScreen') : t('player.fullScreen')}
            onClick={toggleFullScreen}
          >
            <Icon name={isFullScreen.value ? 'shrink' : 'expand'} />
          </button>
        )}
      </div>
    </div>
  )
  return (
    <>
      {player}
      <p class="field-hint player-keys">{t('player.keys')}</p>
    </>
  )
}
