import { optionNames } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { table } from './table.ts'

/** Which presets have which options: a column for those that have the same. */
export const acceptsTable = (): string => {
  const groups = [...Map.groupBy(Object.values<Preset>(presets), ({ accepts }) => accepts.toSorted().join()).values()]
  return table(
    ['option', ...groups.map((group) => familiesOf(group).join(', '))],
    optionNames.map((name) => [
      `\`${name}\``,
      ...groups.map(([first]) => (first?.accepts.includes(name) === true ? 'yes' : '')),
    ]),
  )
}

/** Presets by their names, those of one family as one: mp4-*. */
const familiesOf = (group: Preset[]): string[] => [
  ...new Set(group.map(({ name }) => `\`${name.replace(/-.*$/, '-*')}\``)),
]
