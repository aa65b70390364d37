import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { after, before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { canonical, listAt, objectAt, objectsAt } from '../support/google-cloud/json.ts'
import type { ScriptResult } from '../support/google-cloud/run-script.ts'
import { type GoogleCloud, startGoogleCloud } from '../support/google-cloud/start-google-cloud.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'
import { connectGithub, operate } from './operate.ts'
import { describeRequests, isWrite, requestLine } from './request-lines.ts'

const goldenPath = fileURLToPath(new URL('setup.golden.txt', import.meta.url))

/** Settings that are applied every time, whether they differ or not. All else of a second run are questions. */
const APPLIED_AGAIN = [
  'PATCH artifactregistry.googleapis.com/v1/projects/reelway-test/locations/europe-west1/repositories/reelway',
  'PATCH storage.googleapis.com/storage/v1/b/reelway-test-reelway-uploads',
  'PATCH storage.googleapis.com/storage/v1/b/reelway-test-reelway-outputs',
  'PATCH pubsub.googleapis.com/v1/projects/reelway-test/subscriptions/jobs-candidate',
  'PATCH pubsub.googleapis.com/v1/projects/reelway-test/subscriptions/jobs-dead-letter',
  'PATCH pubsub.googleapis.com/v1/projects/reelway-test/subscriptions/jobs',
  'PATCH pubsub.googleapis.com/v1/projects/reelway-test/subscriptions/uploads',
  'PATCH cloudscheduler.googleapis.com/v1/projects/reelway-test/locations/europe-west1/jobs/reap',
]

suite('set-up of an empty project, and its end', { concurrency: 1, skip: withoutGcloud }, () => {
  let cloud: GoogleCloud
  const runs: { result: ScriptResult; requests: GoogleCloud['requests']; state: ReturnType<GoogleCloud['state']> }[] =
    []

  before(async () => {
    cloud = await startGoogleCloud()
    connectGithub(cloud)
    for (let run = 0; run < 2; run++) {
      const start = cloud.requests.length
      const result = await operate(cloud, 'setup.sh')
      runs.push({ result, requests: cloud.requests.slice(start), state: cloud.state() })
      if (result.code !== 0) break
    }
  })
  after(() => cloud[Symbol.asyncDispose]())

  test('setup.sh ends well, and does so again when it is run a second time', () => {
    for (const { result } of runs) assert.equal(result.code, 0, result.stdout + result.stderr)
    assert.equal(runs.length, 2)
  })

  test('the first run asks for exactly what was reviewed', async () => {
    const described = describeRequests(runs[0]?.requests ?? [])
    if (process.env.REELWAY_REWRITE_GOLDEN !== undefined) await writeFile(goldenPath, described)
    assert.equal(described, await readFile(goldenPath, 'utf8'))
  })

  test('the second run creates nothing, and only applies settings again', () => {
    const writes = (runs[1]?.requests ?? []).filter(isWrite)
    assert.deepEqual(
      writes.map((request) => requestLine(request).replace(/\?.*/, '')),
      APPLIED_AGAIN,
    )
    assert.match(runs[1]?.result.stdout ?? '', /Everything was there: nothing was changed/)
  })

  test('the second run leaves every resource and grant as it found them', () => {
    assert.deepEqual(differences(runs[0]?.state, runs[1]?.state), [])
  })

  test('nothing but the APIs of Google Cloud is spoken to, and of them only what is enabled', () => {
    assert.deepEqual(cloud.refusedHosts, [])
    assert.deepEqual(cloud.unanswered, [])
    assert.deepEqual(
      cloud.requests.filter(({ status }) => status === 403),
      [],
    )
  })

  test('only its own accounts and those of Google get a role, and nobody is let in without one', () => {
    const members = Object.values(runs[0]?.state.policies ?? {}).flatMap((policy) =>
      objectsAt(policy, 'bindings').flatMap((binding) => listAt(binding, 'members').map(String)),
    )
    const ours = /^serviceAccount:reelway-\w+@reelway-test\.iam\.gserviceaccount\.com$/
    const agents =
      /^serviceAccount:[^@]+@(gcp-sa-pubsub|gcp-sa-cloud-sql|gs-project-accounts)\.iam\.gserviceaccount\.com$/
    assert.deepEqual(
      members.filter((member) => !ours.test(member) && !agents.test(member)),
      [],
    )
  })

  test('teardown.sh names what it would destroy, and destroys nothing unless the project is typed', async () => {
    const { code, stdout, stderr } = await operate(cloud, 'teardown.sh', { input: 'yes\n' })
    assert.equal(code, 1, stdout + stderr)
    assert.match(stdout, /will be destroyed in project reelway-test/)
    assert.match(stdout, /subscriptions jobs-candidate/)
    assert.match(stderr, /nothing was destroyed/)
    assert.deepEqual(differences(runs[1]?.state, cloud.state()), [])
  })

  test('teardown.sh keeps database, buckets, keys, accounts and network unless it is told otherwise', async () => {
    const { code, stdout, stderr } = await operate(cloud, 'teardown.sh', { input: `${cloud.project}\n` })
    assert.equal(code, 0, stdout + stderr)
    assert.deepEqual(leftOf(cloud), [...KEPT_WITH_DATA, ...KEPT].sort())
  })

  test('teardown.sh --with-data takes all of it, but for enabled APIs and what could not be made again', async () => {
    const { code, stdout, stderr } = await operate(cloud, 'teardown.sh', { args: ['--with-data', '--yes'] })
    assert.equal(code, 0, stdout + stderr)
    assert.deepEqual(leftOf(cloud), KEPT)
  })
})

/** What cannot be made by a script, and roles, whose ids would not be given out again for weeks. */
const KEPT = [
  'cloudbuild connections/github',
  'cloudbuild connections/github/repositories/somebody-reelway',
  'iam roles/reelwayObjectReader',
  'iam roles/reelwayObjectWriter',
  'iam roles/reelwayUrlSigner',
]

const KEPT_WITH_DATA = [
  'compute global/addresses/reelway-services',
  'compute global/networks/reelway',
  'compute subnetworks/reelway',
  'iam serviceAccounts/reelway-batch',
  'iam serviceAccounts/reelway-build',
  'iam serviceAccounts/reelway-migrate',
  'iam serviceAccounts/reelway-push',
  'iam serviceAccounts/reelway-scheduler',
  'iam serviceAccounts/reelway-web',
  'secretmanager secrets/jwt-key',
  'secretmanager secrets/jwt-key/versions/1',
  'secretmanager secrets/jwt-key/versions/2',
  'servicenetworking services/servicenetworking.googleapis.com/connections/reelway',
  'sqladmin instances/reelway',
  'sqladmin instances/reelway/databases/postgres',
  'sqladmin instances/reelway/databases/reelway',
  'sqladmin instances/reelway/users/reelway-batch@reelway-test.iam',
  'sqladmin instances/reelway/users/reelway-migrate@reelway-test.iam',
  'sqladmin instances/reelway/users/reelway-web@reelway-test.iam',
  'storage b/reelway-test-reelway-outputs',
  'storage b/reelway-test-reelway-outputs/o/setup%2Fdatabase-grants.sql',
  'storage b/reelway-test-reelway-uploads',
]

type State = ReturnType<GoogleCloud['state']>

/** The names of the resources and policies that are not the same in both. */
const differences = (before: State | undefined, after: State | undefined): string[] =>
  (['resources', 'policies'] as const).flatMap((kind) => {
    const [one, other] = [objectAt(before, kind), objectAt(after, kind)]
    const names = new Set([...Object.keys(one), ...Object.keys(other)])
    return [...names]
      .filter((name) => canonical(one[name]) !== canonical(other[name]))
      .map((name) => `${kind}: ${name}`)
  })

/** "SERVICE COLLECTION/NAME" of what there is, but for enabled APIs and the accounts of Google. */
const leftOf = ({ world, project }: GoogleCloud): string[] =>
  [...world.resources.keys()]
    .filter((key) => !/^\/\/serviceusage\.|\/serviceAccounts\/(service|p)-?\d/.test(key))
    .map((key) => key.replace(/^\/\/(\w+)\.googleapis\.com\//, '$1 ').replace(`projects/${project}/`, ''))
    .map((name) => name.replace(/(locations|regions)\/[^/]+\//, '').replace(`@${project}.iam.gserviceaccount.com`, ''))
    .sort()
