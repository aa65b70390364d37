import type { Catalogue, Column } from './catalogue.ts'

/** One thing that a migration takes away or forbids. `what` names it, `sentence` says why not and what to do instead. */
export type Contraction = { what: string; sentence: string }

/**
 * What the code of the release before cannot live with between two states of a schema: it runs while a migration is applied, beside
 * the new code while traffic is shifted, and again after a rollback. So a migration may only expand: add tables, and columns that
 * may be left out, and take rules away. Nothing is found in a migration that does just that.
 */
export const contractions = (before: Catalogue, after: Catalogue): Contraction[] => [
  ...goneRelations(before, after),
  ...changedColumns(before, after),
  ...newColumns(before, after),
  ...newRules(before, after),
  ...goneUniqueness(before, after),
  ...changedCode(before, after),
]

const contraction = (what: string, why: string): Contraction => ({ what, sentence: `${what}: ${why}` })

const gone = <Thing>(before: Map<string, Thing>, after: Map<string, Thing>): string[] =>
  [...before.keys()].filter((key) => !after.has(key))

const added = <Thing>(before: Map<string, Thing>, after: Map<string, Thing>): [string, Thing][] =>
  [...after].filter(([key]) => !before.has(key))

const goneRelations = (before: Catalogue, after: Catalogue): Contraction[] => [
  ...gone(before.relations, after.relations).map((name) =>
    contraction(
      `table ${name} is gone`,
      'the release before still uses it. Leave it; make a new one beside it if it had to be renamed. Drop it one release later.',
    ),
  ),
  ...[...after.relations]
    .filter(([name, { rowSecurity }]) => rowSecurity && before.relations.get(name)?.rowSecurity === false)
    .map(([name]) => contraction(`table ${name} has row security`, 'the release before would see none of its rows.')),
]

const changedColumns = (before: Catalogue, after: Catalogue): Contraction[] =>
  [...before.columns]
    .filter(([, { table }]) => after.relations.has(table))
    .flatMap(([key, old]) => {
      const now = after.columns.get(key)
      if (now === undefined) {
        return [
          contraction(
            `column ${key} is gone`,
            'the release before still names it. Leave it; add another one and write both if it had to be renamed. Drop it one release later.',
          ),
        ]
      }
      return changesOf(key, old, now)
    })

const changesOf = (key: string, old: Column, now: Column): Contraction[] => {
  const found: Contraction[] = []
  if (now.type !== old.type) {
    found.push(
      contraction(
        `column ${key} has another type`,
        `${old.type} became ${now.type}. Add a column of the new type beside it, write both, and change over one release later.`,
      ),
    )
  }
  if (now.notNull && !old.notNull) {
    found.push(
      contraction(
        `column ${key} is NOT NULL`,
        'the release before may still write NULL. Let the new code always write it, and forbid NULL one release later.',
      ),
    )
  }
  if (old.default !== null && now.default === null) {
    found.push(contraction(`column ${key} has no default`, 'the release before may leave it out. Keep the default.'))
  }
  if (now.generated && !old.generated) {
    found.push(contraction(`column ${key} is generated`, 'the release before may still write it. Add another column.'))
  }
  return found
}

const newColumns = (before: Catalogue, after: Catalogue): Contraction[] =>
  added(before.columns, after.columns)
    .filter(([, column]) => before.relations.has(column.table))
    .filter(([, column]) => column.notNull && column.default === null && !column.generated)
    .map(([key]) =>
      contraction(
        `column ${key} has no default`,
        'the release before leaves it out. Give it a default, or allow NULL.',
      ),
    )

const newRules = (before: Catalogue, after: Catalogue): Contraction[] =>
  added(before.rules, after.rules)
    .filter(([, { table }]) => before.relations.has(table))
    .filter(([, { table, columns, hasExpression }]) => {
      const concernsOld = columns.some((column) => before.columns.has(`${table}.${column}`))
      return concernsOld || hasExpression || columns.length === 0
    })
    .map(([key, { kind }]) =>
      contraction(
        `new ${kind} on ${key}`,
        'the release before may still write what it refuses. Let the new code keep to it, and add it one release later.',
      ),
    )

const goneUniqueness = (before: Catalogue, after: Catalogue): Contraction[] =>
  gone(before.rules, after.rules)
    .map((key) => ({ key, rule: before.rules.get(key) }))
    .filter(({ rule }) => rule?.kind === 'unique index' && after.relations.has(rule.table))
    .map(({ key }) =>
      contraction(
        `unique index on ${key} is gone`,
        'an ON CONFLICT of the release before may name it. Drop it one release later.',
      ),
    )

/** What code in the database does cannot be judged from here. */
const changedCode = (before: Catalogue, after: Catalogue): Contraction[] => [
  ...gone(before.functions, after.functions).map((name) =>
    contraction(`function ${name} is gone`, 'the release before may call it. Drop it one release later.'),
  ),
  ...[...after.functions]
    .filter(([name, { body }]) => before.functions.has(name) && before.functions.get(name)?.body !== body)
    .map(([name]) =>
      contraction(`function ${name} is another one`, 'the release before relies on it. Give the new one a new name.'),
    ),
  ...gone(before.triggers, after.triggers)
    .filter((key) => after.relations.has(before.triggers.get(key)?.table ?? ''))
    .map((key) => contraction(`trigger ${key} is gone`, 'the release before relies on it. Drop it one release later.')),
  ...added(before.triggers, after.triggers)
    .filter(([, { table }]) => before.relations.has(table))
    .map(([key]) =>
      contraction(
        `new trigger ${key}`,
        'it may refuse or change what the release before writes. Let the new code do it instead.',
      ),
    ),
]
