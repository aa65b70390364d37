import { effect, type ReadonlySignal } from '@preact/signals'

/**
 * Keeps the screen on, and with it the machine awake, as long as `isNeeded` and the page is seen, in browsers that can. A browser may refuse,
 * as with a low battery. Returns what ends it.
 */
export const stayAwake = (isNeeded: ReadonlySignal<boolean>): (() => void) => {
  if (!('wakeLock' in navigator)) return () => undefined
  let lock: Promise<WakeLockSentinel | undefined> | undefined
  const update = () => {
    // The browser takes it away when the page is hidden; then it is asked for again when it is seen.
    const isWanted = isNeeded.peek() && document.visibilityState === 'visible'
    if (isWanted) lock ??= navigator.wakeLock.request('screen').catch(() => undefined)
    else {
      void lock?.then((held) => held?.release())
      lock = undefined
    }
  }
  document.addEventListener('visibilitychange', update)
  const stop = effect(() => {
    void isNeeded.value
    update()
  })
  return () => {
    stop()
    document.removeEventListener('visibilitychange', update)
    void lock?.then((held) => held?.release())
  }
}
