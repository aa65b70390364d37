import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** The state of a media element as signals, and what can be done with it. */
export type Media = {
  isPlaying: Signal<boolean>
  /** in seconds; the duration is 0 until it is known */
  position: Signal<number>
  duration: Signal<number>
  /** up to where it is loaded, from the position on */
  loadedUntil: Signal<number>
  /** from 0 to 1 */
  volume: Signal<number>
  isMuted: Signal<boolean>
  toggle: () => void
  seek: (seconds: number) => void
  setVolume: (volume: number) => void
  toggleMuted: () => void
}

const EVENTS = [
  ...['play', 'pause', 'ended', 'timeupdate', 'seeking', 'durationchange', 'loadedmetadata', 'progress'],
  ...['volumechange', 'emptied'],
]

/** Follows a media element while it is shown. */
export const useMedia = (element: RefObject<HTMLVideoElement | null>): Media => {
  const isPlaying = useSignal(false)
  const position = useSignal(0)
  const duration = useSignal(0)
  const loadedUntil = useSignal(0)
  const volume = useSignal(1)
  const isMuted = useSignal(false)
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const read = () => {
      isPlaying.value = !current.paused && !current.ended
      position.value = current.currentTime
      duration.value = Number.isFinite(current.duration) ? current.duration : 0
      loadedUntil.value = endOfRange(current)
      volume.value = current.volume
      isMuted.value = current.muted
    }
    for (const event of EVENTS) current.addEventListener(event, read)
    return () => {
      for (const event of EVENTS) current.removeEventListener(event, read)
    }
  }, [element, isPlaying, position, duration, loadedUntil, volume, isMuted])
  const change = (act: (media: HTMLVideoElement) => void) => {
    if (element.current !== null) act(element.current)
  }
  return {
    ...{ isPlaying, position, duration, loadedUntil, volume, isMuted },
    toggle: () => change(togglePlaying),
    seek: (seconds) =>
      change((media) => {
        media.currentTime = seconds
      }),
    setVolume: (wanted) =>
      change((media) => {
        media.volume = wanted
        media.muted = wanted === 0
      }),
    toggleMuted: () =>
      change((media) => {
        media.muted = !media.muted
      }),
  }
}

/** Plays what stands, and holds what plays. A browser may refuse to play; then it stays as it is. */
export const togglePlaying = (media: HTMLVideoElement): void => {
  if (media.paused) media.play().catch(() => undefined)
  else media.pause()
}

const endOfRange = ({ buffered, currentTime }: HTMLVideoElement): number => {
  for (let index = 0; index < buffered.length; index += 1) {
    if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) >= currentTime) return buffered.end(index)
  }
  return 0
}
