import { signal } from '@preact/signals'

const SAVED = 'reelway.notify'

const stateNow = (): 'unsupported' | 'blocked' | 'on' | 'off' => {
  if (!('Notification' in globalThis)) return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  return Notification.permission === 'granted' && localStorage.getItem(SAVED) === 'yes' ? 'on' : 'off'
}

/** Whether the browser may tell of what happens while nobody looks at the page. */
export const notifications = signal(stateNow())

/** Turns notifications on, after asking the browser, or off. */
export const switchNotifications = async (): Promise<void> => {
  const wanted = notifications.value !== 'on'
  if (wanted) await Notification.requestPermission()
  localStorage.setItem(SAVED, wanted ? 'yes' : 'no')
  notifications.value = stateNow()
}

/** Tells of something, if that is wanted and nobody looks at the page. One with the same `tag` takes the place of the one before. */
export const notify = (title: string, body: string, tag: string): void => {
  if (notifications.value !== 'on' || document.visibilityState === 'visible') return
  const notification = new Notification(title, { body, tag, icon: '/favicon.svg' })
  notification.addEventListener('click', () => {
    window.focus()
    notification.close()
  })
}
