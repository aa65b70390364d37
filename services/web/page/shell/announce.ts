import { signal } from '@preact/signals'

/** What screen readers say next; the number tells two equal texts apart. */
export const announcement = signal({ text: '', count: 0 })

/** Has screen readers say something when they have finished what they say. For what happens without the focus being there. */
export const announce = (text: string): void => {
  announcement.value = { text, count: announcement.peek().count + 1 }
}
