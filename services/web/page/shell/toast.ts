import { signal } from '@preact/signals'

export type Toast = {
  id: number
  text: string
  kind: 'plain' | 'bad'
  /** in milliseconds; null: until it is dismissed */
  shownMillis: number | null
  action?: { label: string; run: () => void }
}

export const toasts = signal<readonly Toast[]>([])

let count = 0

/** Shows something at the foot of the page for a while; returns what takes it away. */
export const showToast = (toast: Omit<Toast, 'id'>): (() => void) => {
  count += 1
  const id = count
  const remove = () => {
    toasts.value = toasts.peek().filter((shown) => shown.id !== id)
  }
  toasts.value = [...toasts.peek(), { ...toast, id }]
  if (toast.shownMillis !== null) setTimeout(remove, toast.shownMillis)
  return remove
}
