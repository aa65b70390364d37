import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Locator } from 'playwright-core'

/** Does what a browser does when a file is pasted into an element of the page, or dropped on it. */
export const handOver = async (element: Locator, type: 'paste' | 'drop', path: string): Promise<void> => {
  const given = { type, name: basename(path), base64: (await readFile(path)).toString('base64') }
  await element.evaluate((target, { type, name, base64 }) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
    target.dispatchEvent(
      type === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
    )
  }, given)
}
