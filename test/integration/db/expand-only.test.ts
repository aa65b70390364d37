import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { migrations } from '@reelway/shared/db/migrate.ts'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { readCatalogue } from '../../support/catalogue.ts'
import { contractions } from '../../support/contractions.ts'
import { openTestDatabase } from '../../support/database.ts'

const { db, url } = await openTestDatabase()

/**
 * A migration that takes something away on purpose, one release after the code stopped using it, or that only looks like it (a check
 * that accepts more than the one it replaces), exports `deliberate`: the names of what is found, as the failing test printed them.
 */
const deliberateIn = (migration: object): string[] =>
  'deliberate' in migration && Array.isArray(migration.deliberate) ? migration.deliberate.map(String) : []

test('no migration takes away or forbids anything that the release before needs', async () => {
  const name = `expanding_${randomBytes(6).toString('hex')}`
  await sql`create database ${sql.id(name)}`.execute(db)
  const empty = new URL(url)
  empty.pathname = `/${name}`
  const connection = await connectDatabase(
    { DATABASE_URL: empty.href, DB_NAME: name, DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: 1 },
    () => undefined,
  )
  try {
    const migrator = new Migrator({ db: connection.db, provider: { getMigrations: async () => migrations } })
    const found: string[] = []
    for (const [migrationName, migration] of Object.entries(migrations)) {
      const before = await readCatalogue(connection.db)
      const { error, results } = await migrator.migrateUp()
      assert.equal(error, undefined)
      assert.equal(results?.[0]?.migrationName, migrationName)
      const deliberate = deliberateIn(migration)
      found.push(
        ...contractions(before, await readCatalogue(connection.db))
          .filter(({ what }) => !deliberate.includes(what))
          .map(({ sentence }) => `${migrationName}: ${sentence}`),
      )
    }
    assert.deepEqual(found, [])
  } finally {
    await connection.close()
    await sql`drop database ${sql.id(name)} with (force)`.execute(db)
  }
})

/** What the statements do to the schema of today; nothing stays of it. */
const contractionsOf = async (...statements: string[]): Promise<string[]> => {
  const transaction = await db.startTransaction().execute()
  try {
    const before = await readCatalogue(transaction)
    for (const statement of statements) await sql.raw(statement).execute(transaction)
    return contractions(before, await readCatalogue(transaction)).map(({ what }) => what)
  } finally {
    await transaction.rollback().execute()
  }
}

describe('a migration that contracts is refused', () => {
  const contracting: [string, string, RegExp[]][] = [
    ['drops a table', 'drop table outputs', [/^table outputs is gone$/]],
    ['renames a table', 'alter table outputs rename to results', [/^table outputs is gone$/]],
    ['drops a column', 'alter table tasks drop column preset', [/^column tasks.preset is gone$/]],
    [
      'renames a column',
      'alter table tasks rename column preset to recipe',
      [/^column tasks.preset is gone$/, /^column tasks.recipe has no default$/],
    ],
    [
      'changes a type',
      'alter table tasks alter column attempts type bigint',
      [/^column tasks.attempts has another type$/],
    ],
    ['forbids NULL', 'alter table tasks alter column source set not null', [/^column tasks.source is NOT NULL$/]],
    [
      'drops a default',
      'alter table tasks alter column progress drop default',
      [/^column tasks.progress has no default$/],
    ],
    [
      'adds a column that must be given',
      'alter table tasks add column colour text not null',
      [/^column tasks.colour has no default$/],
    ],
    ['adds a check to a column', 'alter table tasks add check (attempts < 9)', [/^new constraint on tasks CHECK/]],
    [
      'adds a check that is not yet validated',
      'alter table tasks add check (attempts < 9) not valid',
      [/^new constraint on tasks CHECK/],
    ],
    ['makes a column unique', 'create unique index on tasks (file_name)', [/^new unique index on tasks unique/]],
    [
      'makes an expression unique',
      'create unique index on tasks (lower(file_name))',
      [/^new unique index on tasks unique/],
    ],
    ['drops a unique index', 'drop index users_email_key', [/^unique index on users unique .* is gone$/]],
    [
      'drops a primary key',
      'alter table idempotency_keys drop constraint idempotency_keys_pkey',
      [/^unique index on idempotency_keys unique .* is gone$/],
    ],
    ['drops a trigger', 'drop trigger tasks_version on tasks', [/^trigger tasks .* is gone$/]],
    ['turns on row security', 'alter table tasks enable row level security', [/^table tasks has row security$/]],
  ]
  for (const [name, statement, expected] of contracting) {
    test(`it ${name}`, async () => {
      const found = await contractionsOf(statement)
      assert.equal(found.length, expected.length, `found: ${JSON.stringify(found)}`)
      for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern)
    })
  }

  test('it adds a foreign key to a column that is there', async () => {
    const found = await contractionsOf('alter table jobs add foreign key (lease_token) references tasks (id)')
    assert.deepEqual(found, ['new constraint on jobs FOREIGN KEY (lease_token) REFERENCES tasks(id)'])
  })

  test('it replaces a function or adds a trigger', async () => {
    const found = await contractionsOf(
      `create or replace function raise_task_version() returns trigger language plpgsql as 'begin return null; end'`,
      'create trigger jobs_version before update on jobs for each row execute function raise_task_version()',
    )
    assert.equal(found.length, 2, `found: ${JSON.stringify(found)}`)
    assert.match(found[0] ?? '', /^function raise_task_version\(\) is another one$/)
    assert.match(found[1] ?? '', /^new trigger jobs /)
  })
})

test('a migration that only adds is accepted', async () => {
  assert.deepEqual(
    await contractionsOf(
      'create table hooks (id uuid primary key, task_id uuid not null references tasks, url text not null unique)',
      'alter table tasks add column colour text',
      `alter table tasks add column shade text not null default 'dark' check (shade in ('dark', 'light'))`,
      'alter table tasks add column number bigint generated always as identity unique',
      'create index tasks_colour on tasks (colour, preset)',
      'alter table tasks drop constraint tasks_size_bytes_check',
      'alter table tasks alter column preset drop not null',
      'drop index jobs_queued',
      'alter index users_email_key rename to users_address_key',
      'create view busy as select id from jobs',
    ),
    [],
  )
})
