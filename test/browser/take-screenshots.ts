import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { assertAccessible } from './assert-accessible.ts'

const FOLDER = join(import.meta.dirname, 'screenshots')
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const
/** axe sees the widths and the colours apart: one of each pair is enough for both, and half the work. */
const LOOKED_AT = ['phone-dark', 'desktop-light']
const isEvery = process.env.REELWAY_EVERY_SCREENSHOT !== undefined

/**
 * Keeps what is shown as pictures, in a folder that git ignores: on a phone in dark and on a desktop in light, or in all four ways when
 * REELWAY_EVERY_SCREENSHOT is set; axe looks at the first two. The page is left as a desktop in light.
 */
export const takeScreenshots = async (page: Page, state: string): Promise<void> => {
  await mkdir(FOLDER, { recursive: true })
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['dark', 'light'] as const) {
      const way = `${size}-${colorScheme}`
      const isLookedAt = LOOKED_AT.includes(way)
      if (!isLookedAt && !isEvery) continue
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(untilDrawn)
      await page.screenshot({ path: join(FOLDER, `${state}-${way}.png`), fullPage: true, animations: 'disabled' })
      if (isLookedAt) await assertAccessible(page, `${state}-${way}`)
    }
  }
}

const untilDrawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
