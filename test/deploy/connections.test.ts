import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { environmentOf, job, renderRunFile, service } from './run-file.ts'

const RESERVE = 40

/** The most connections that a service opens while two of its revisions run side by side, which is what a deployment does. */
const connectionsOf = async (name: 'web' | 'batch') => {
  const { metadata, spec } = service.parse(await renderRunFile(name)).spec.template
  const pool = Number(environmentOf(spec.containers[0].env).DB_POOL_SIZE)
  const instances = Number(metadata.annotations['autoscaling.knative.dev/maxScale'])
  return { pool, instances, most: pool * instances * 2 }
}

test('all instances of two revisions, the migration job and a reserve fit into the connections that the database allows', async () => {
  const [web, batch] = [await connectionsOf('web'), await connectionsOf('batch')]
  const migrate = 1 + job.parse(await renderRunFile('migrate')).spec.template.spec.template.spec.maxRetries
  // One beside the pool of each instance of web.
  const listening = web.instances * 2
  const sum = web.most + listening + batch.most + migrate + RESERVE
  const allowed = /max_connections=(\d+)/.exec(await readFile('infra/gcp/setup/database.sh', 'utf8'))?.[1]
  assert.ok(sum <= Number(allowed), `${sum} of ${allowed}`)

  // The same figures stand where an operator reads them.
  const readme = await readFile('infra/README.md', 'utf8')
  for (const row of [
    `| web | ${web.pool} | ${web.instances} | 2 | ${web.most} |`,
    `| web, listening for changes | 1 | ${web.instances} | 2 | ${listening} |`,
    `| batch | ${batch.pool} | ${batch.instances} | 2 | ${batch.most} |`,
    `| the migration job | 1 | ${migrate} | | ${migrate} |`,
    `| reserve | | | | ${RESERVE} |`,
    `| **sum** | | | | **${sum}** of ${allowed} |`,
  ]) {
    assert.ok(readme.includes(row), `infra/README.md lacks: ${row}`)
  }
})
