import { signal } from '@preact/signals'

export type Toast = {
  id: number
  text: string
  kind: 'plain' | 'bad'
  /** in milliseconds; null: until it is dismissed */
  shownMillis: number | null
  action?: { label: string; run: () => void }
  /** called when it goes without its action */
  onGone?: () => void
}

export const toasts = signal<readonly Toast[]>([])

const timers = new Map<number, ReturnType<typeof setTimeout>>()
let count = 0

/** Shows something at the foot of the page for a while; returns what takes it away, without a word to `onGone`. */
export const showToast = (toast: Omit<Toast, 'id'>): (() => void) => {
  count += 1
  const shown = { ...toast, id: count }
  toasts.value = [...toasts.peek(), shown]
  releaseToast(shown)
  return () => takeToast(shown)
}

/** Stops the time of a toast, while somebody points at it or has the focus in it (WCAG 2.2.1). */
export const holdToast = ({ id }: Toast): void => {
  clearTimeout(timers.get(id))
  timers.delete(id)
}

/** Lets the time of a toast begin anew, if it is still there. */
export const releaseToast = (toast: Toast): void => {
  holdToast(toast)
  if (!toasts.peek().includes(toast)) return
  if (toast.shownMillis !== null)
    timers.set(
      toast.id,
      setTimeout(() => dismissToast(toast), toast.shownMillis),
    )
}

/** Takes a toast away because nobody wants its action. */
export const dismissToast = (toast: Toast): void => {
  takeToast(toast)
  toast.onGone?.()
}

/** Takes a toast away. */
export const takeToast = (toast: Toast): void => {
  holdToast(toast)
  toasts.value = toasts.peek().filter(({ id }) => id !== toast.id)
}
