import { keyAction } from './key-action.ts'
import { togglePlaying } from './use-media.ts'

/** Does what a key does in a player; false when it does nothing there. */
export const actOnKey = (event: KeyboardEvent, media: HTMLVideoElement, toggleFullScreen: () => void): boolean => {
  const action = keyAction({
    key: event.key,
    isModified: event.ctrlKey || event.altKey || event.metaKey,
    isOnButton: event.target instanceof HTMLButtonElement,
  })
  if (action === undefined) return false
  switch (action.kind) {
    case 'toggle':
      togglePlaying(media)
      break
    case 'mute':
      media.muted = !media.muted
      break
    case 'full-screen':
      toggleFullScreen()
      break
    case 'start':
      media.currentTime = 0
      break
    case 'end':
      media.currentTime = media.duration || 0
      break
    case 'seek':
      media.currentTime = Math.max(0, Math.min(media.duration || 0, media.currentTime + action.bySeconds))
      break
    case 'volume':
      media.volume = Math.max(0, Math.min(1, media.volume + action.by))
      break
    default:
      action satisfies never
  }
  return true
}
