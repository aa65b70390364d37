import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type DeployPlace, openDeployPlace } from '../support/google-cloud/deploy-place.ts'
import { at, objectsAt, textAt } from '../support/google-cloud/json.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'
import { put } from '../support/google-cloud/world.ts'

const COMMIT = 'ccccccc'.padEnd(40, '3')

const operate = ({ run, cloud }: DeployPlace, script: string, ...args: string[]) =>
  run(script, COMMIT, [cloud.project, cloud.region, ...args])

/** "NEWEST signs, BEFORE is accepted" of each revision of web in the order in which they were made, and all the traffic's last. */
const keysOf = ({ cloud }: DeployPlace): string[] =>
  [...cloud.world.resources]
    .filter(([key]) => key.includes('/revisions/web-'))
    .map(([, revision]) => {
      const env = objectsAt(revision, 'spec', 'containers', 0, 'env')
      const version = (name: string) =>
        textAt(
          env.find((it) => it.name === name),
          'valueFrom',
          'secretKeyRef',
          'key',
        )
      return `${version('JWT_KEY_CURRENT')} signs, ${version('JWT_KEY_PREVIOUS')} is accepted`
    })

suite('rotate-keys.sh', { concurrency: 1, skip: withoutGcloud }, () => {
  test('lets every instance know the new key before one signs with it', async () => {
    await using place = await openDeployPlace()
    const { world, project, region } = place.cloud
    for (const version of [1, 2, 9, 10]) {
      const key = `//secretmanager.googleapis.com/projects/${project}/secrets/jwt-key/versions/${version}`
      const createTime = `2025-01-01T00:00:${String(version).padStart(2, '0')}Z`
      put(world, key, { ...world.resources.get(key), createTime })
    }
    const deployed = await place.run('pipeline/release.sh', COMMIT)
    assert.equal(deployed.code, 0, deployed.stderr)

    const rotated = await operate(place, 'rotate-keys.sh')
    assert.equal(rotated.code, 0, rotated.stdout + rotated.stderr)
    assert.deepEqual(keysOf(place), ['10 signs, 9 is accepted', '10 signs, 11 is accepted', '11 signs, 10 is accepted'])
    const service = world.resources.get(`//run.googleapis.com/projects/${project}/locations/${region}/services/web`)
    const newest = textAt(service, 'status', 'latestCreatedRevisionName')
    assert.deepEqual(place.traffic('web'), [`${newest} 100`])

    const secret = world.contents.get(`//secretmanager.googleapis.com/projects/${project}/secrets/jwt-key/versions/11`)
    assert.match(String(secret), /^[\w-]{1,64}:[A-Za-z0-9+/]{43}=$/)
    assert.doesNotMatch(rotated.stdout + rotated.stderr, new RegExp(String(secret).split(':')[1] ?? 'none'))
    assert.deepEqual([place.cloud.unanswered, place.cloud.refusedHosts], [[], []])
  })

  test('makes no key where nothing is deployed', async () => {
    await using place = await openDeployPlace()
    const { code, stderr } = await operate(place, 'rotate-keys.sh')
    assert.equal(code, 1, stderr)
    assert.match(stderr, /nothing has been deployed yet/)
    assert.deepEqual(
      place.cloud.requests.filter(({ path }) => path.endsWith(':addVersion')),
      [],
    )
  })
})

suite('redrive.sh', { concurrency: 1, skip: withoutGcloud }, () => {
  const SINCE = '2026-11-24T20:00:00Z'

  test('has the migration job queue what failed since then, and fails when the job does', async () => {
    await using place = await openDeployPlace()
    const migrated = await place.run('pipeline/migrate.sh', COMMIT)
    assert.equal(migrated.code, 0, migrated.stderr)

    const redriven = await operate(place, 'redrive.sh', SINCE)
    assert.equal(redriven.code, 0, redriven.stderr)
    const execution = place.cloud.requests.findLast(({ path }) => path.endsWith('/jobs/migrate:run'))
    const overrides = at(execution?.body, 'overrides', 'containerOverrides', 0)
    assert.deepEqual(at(overrides, 'args'), ['redrive.js'])
    assert.deepEqual(at(overrides, 'env'), [{ name: 'REDRIVE_SINCE', value: SINCE }])
    assert.match(redriven.stdout, /execution_name.*migrate-/)

    place.cloud.failExecutions('migrate')
    const failed = await operate(place, 'redrive.sh', SINCE)
    assert.notEqual(failed.code, 0, failed.stdout)
  })

  test('refuses where nothing is deployed, and a time that it cannot read', async () => {
    await using place = await openDeployPlace()
    const early = await operate(place, 'redrive.sh', SINCE)
    assert.equal(early.code, 1, early.stderr)
    assert.match(early.stderr, /nothing has been deployed yet/)
    const unreadable = await operate(place, 'redrive.sh', 'yesterday')
    assert.equal(unreadable.code, 2)
    assert.match(unreadable.stderr, /usage/)
  })
})
