import { signal } from '@preact/signals'

/** Whether the browser has a network at all. */
export const isOnline = signal(navigator.onLine)

for (const name of ['online', 'offline'] as const) {
  addEventListener(name, () => {
    isOnline.value = navigator.onLine
  })
}
