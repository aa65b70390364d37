import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { assertAccessible } from './assert-accessible.ts'

const FOLDER = join(import.meta.dirname, 'screenshots')
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const
/** axe sees the widths and the colours apart: one of each pair is enough for both, and half the work. */
const LOOKED_AT = ['phone-dark', 'desktop-light']

/**
 * Keeps what is shown as pictures, on a phone and a desktop, in light and dark, in a folder that git ignores, and has axe look at it. The page
 * is left as a desktop in light.
 */
export const takeScreenshots = async (page: Page, state: string): Promise<void> => {
  await mkdir(FOLDER, { recursive: true })
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(untilDrawn)
      const name = `${state}-${size}-${colorScheme}`
      await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true, animations: 'disabled' })
      if (LOOKED_AT.includes(`${size}-${colorScheme}`)) await assertAccessible(page, name)
    }
  }
}

const untilDrawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
