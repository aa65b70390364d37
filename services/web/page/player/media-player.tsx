import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { Notice } from '../design/notice.tsx'
import { t } from '../i18n/translate.ts'
import type { ResultKind } from '../tasks/task-kind.ts'
import { actOnKey } from './act-on-key.ts'
import { attachStream } from './attach-stream.ts'
import { SeekBar } from './seek-bar.tsx'
import { useMedia } from './use-media.ts'
import { VolumeControls } from './volume-controls.tsx'

/** Plays a video, a stream or sound with controls of our own, by pointer and by keys. */
export const MediaPlayer = ({ url, kind, title }: { url: string; kind: ResultKind; title: string }) => {
  const frame = useRef<HTMLDivElement>(null)
  const element = useRef<HTMLVideoElement>(null)
  const media = useMedia(element)
  const isFullScreen = useSignal(false)
  useEffect(() => {
    const { current } = element
    if (current === null) return
    if (kind === 'stream') return attachStream(current, url, media.fail)
    current.src = url
    return () => current.removeAttribute('src')
  }, [url, kind, media.fail])
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
  if (media.failed.value) {
    return <Notice kind="bad" title={t('player.failed')} detail={t('player.failedHint')} />
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of controls, of which none is a field of a form
    <div
      ref={frame}
      class={`player player-${kind}`}
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        if (element.current !== null && actOnKey(event, element.current, toggleFullScreen)) event.preventDefault()
      }}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: what users upload has no captions */}
      <video ref={element} preload="metadata" playsInline autoPlay tabIndex={-1} onClick={media.toggle} />
      <div class="player-controls">
        <button
          type="button"
          class="icon-button"
          aria-label={media.isPlaying.value ? t('player.pause') : t('player.play')}
          onClick={media.toggle}
        >
          <Icon name={media.isPlaying.value ? 'pause' : 'play'} />
        </button>
        <SeekBar media={media} />
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
}
