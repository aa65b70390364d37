import type { Database } from '@reelway/shared/db/schema.ts'
import { type Kysely, sql } from 'kysely'

export type Column = {
  table: string
  name: string
  type: string
  notNull: boolean
  /** the default's or the generated value's expression */
  default: string | null
  /** GENERATED ALWAYS AS ... or AS IDENTITY */
  generated: boolean
}

/** Something that can refuse what is written: a check, a foreign key, an exclusion, a unique index. `columns` without expressions. */
export type Rule = { table: string; kind: 'constraint' | 'unique index'; columns: string[]; hasExpression: boolean }

/** What the schema "public" looks like, as far as code can depend on it. Each map is keyed by what identifies the thing. */
export type Catalogue = {
  relations: Map<string, { rowSecurity: boolean }>
  columns: Map<string, Column>
  rules: Map<string, Rule>
  triggers: Map<string, { table: string }>
  functions: Map<string, { body: string }>
}

/** Reads PostgreSQL's catalogue. What belongs to Kysely is left out. */
export const readCatalogue = async (db: Kysely<Database>): Promise<Catalogue> => ({
  relations: keyed(await relations.execute(db)),
  columns: keyed(await columns.execute(db)),
  rules: keyed([...(await constraints.execute(db)).rows, ...(await uniqueIndexes.execute(db)).rows]),
  triggers: keyed(await triggers.execute(db)),
  functions: keyed(await functions.execute(db)),
})

type Keyed<Row> = { key: string } & Row

const keyed = <Row>(result: { rows: Keyed<Row>[] } | Keyed<Row>[]): Map<string, Row> =>
  new Map((Array.isArray(result) ? result : result.rows).map((row) => [row.key, row]))

const ours = sql`c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely\\_%'`

// r table, p partitioned table, v view, m materialised view, S sequence
const relations = sql<Keyed<{ rowSecurity: boolean }>>`
  select c.relname as key, c.relrowsecurity as "rowSecurity" from pg_class c where ${ours} and c.relkind in ('r', 'p', 'v', 'm', 'S')`

const columns = sql<Keyed<Column>>`
  select c.relname || '.' || a.attname as key, c.relname as "table", a.attname as name, a.attnotnull as "notNull",
    format_type(a.atttypid, a.atttypmod) as type, pg_get_expr(d.adbin, d.adrelid) as "default",
    a.attgenerated <> '' or a.attidentity <> '' as generated
  from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where ${ours} and c.relkind in ('r', 'p', 'v', 'm')`

const columnNames = (numbers: string) => sql`array(
  select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = any(${sql.raw(numbers)}) order by a.attname)`

// c check, f foreign key, x exclusion. A primary key and a unique constraint have an index, and NOT NULL is its column's.
const constraints = sql<Keyed<Rule>>`
  select c.relname || ' ' || pg_get_constraintdef(o.oid) as key, c.relname as "table", 'constraint' as kind,
    ${columnNames('o.conkey')} as columns, false as "hasExpression"
  from pg_class c join pg_constraint o on o.conrelid = c.oid where ${ours} and o.contype in ('c', 'f', 'x')`

// Without its name, which nothing depends on.
const uniqueIndexes = sql<Keyed<Rule>>`
  select c.relname || ' unique ' || substring(pg_get_indexdef(i.indexrelid) from ' USING (.*)$') as key, c.relname as "table",
    'unique index' as kind, ${columnNames('i.indkey::int2[]')} as columns, 0 = any(i.indkey::int2[]) as "hasExpression"
  from pg_class c join pg_index i on i.indrelid = c.oid where ${ours} and i.indisunique`

const triggers = sql<Keyed<{ table: string }>>`
  select c.relname || ' ' || pg_get_triggerdef(t.oid) as key, c.relname as "table"
  from pg_class c join pg_trigger t on t.tgrelid = c.oid where ${ours} and not t.tgisinternal`

const functions = sql<Keyed<{ body: string }>>`
  select p.oid::regprocedure::text as key, p.prosrc as body from pg_proc p where p.pronamespace = 'public'::regnamespace`
