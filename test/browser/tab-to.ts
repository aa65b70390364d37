import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** More than a page of a few tasks has. */
const MOST_STOPS = 60

/**
 * Presses Tab until the focus is on what has a name (the beginning of its label, or of what is written on it). Asserts that the focus can be
 * seen wherever it comes to: it is marked, and within the window.
 */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  const names: string[] = []
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const now = await page.evaluate(lookAtFocus)
    // The end of the document: the browser's own parts come next.
    if (now === undefined) continue
    names.push(now.name)
    assert.deepEqual([now.isMarked, now.isInView], [true, true], `the focus on "${now.name}" cannot be seen`)
    if (now.name.startsWith(name)) return
  }
  assert.fail(`no "${name}" among ${names.join(', ')}`)
}

const lookAtFocus = () => {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body) return undefined
  const { labels } =
    focused instanceof HTMLInputElement || focused instanceof HTMLSelectElement ? focused : { labels: null }
  const name = focused.ariaLabel ?? labels?.[0]?.textContent ?? focused.textContent
  const { outlineStyle, outlineWidth } = getComputedStyle(focused)
  const { top, bottom } = focused.getBoundingClientRect()
  const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  // Two sliders share this line: what is marked is the handle of one, whose style no script can read.
  const isHandle = focused.matches('.trim-line input')
  return {
    name: name.trim(),
    isMarked: focused.matches(':focus-visible') && (hasOutline || isHandle),
    isInView: bottom > 0 && top < innerHeight,
  }
}
