import assert from 'node:assert/strict'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const found = z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }))

/** Asserts that axe finds nothing against WCAG 2.2 AA, or good practice, in what is shown. */
export const assertAccessible = async (page: Page, state: string): Promise<void> => {
  await page.evaluate(axe.source)
  const violations = found.parse(
    await page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => JSON.parse(JSON.stringify(violations)))`),
  )
  const said = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  assert.deepEqual(said, [], state)
}
