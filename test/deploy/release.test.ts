import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { BUILD_ID, type DeployPlace, openDeployPlace } from '../support/google-cloud/deploy-place.ts'
import { at, objectAt, textAt } from '../support/google-cloud/json.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'
import type { World } from '../support/google-cloud/world.ts'

const OLD = 'aaaaaaa'.padEnd(40, '1')
const NEW = 'bbbbbbb'.padEnd(40, '2')
const revision = (service: string, commit: string) => `${service}-${commit.slice(0, 7)}-${BUILD_ID.slice(0, 8)}`
const [oldWeb, oldBatch, newWeb, newBatch] = [OLD, OLD, NEW, NEW].map((commit, index) =>
  revision(index % 2 === 0 ? 'web' : 'batch', commit),
)

describe('a release', { concurrency: 2, skip: withoutGcloud }, () => {
  type Released = { code: number | null; output: string; asked: string[]; world: World }
  let first: Released
  let second: Released

  before(async () => {
    await using place = await openDeployPlace()
    const release = async (commit: string): Promise<Released> => {
      const before = place.asked().length
      const { code, stdout, stderr } = await place.run('pipeline/release.sh', commit)
      const world = { ...place.cloud.world, ...structuredClone(keptOf(place.cloud.world)) }
      return { code, output: stdout + stderr, asked: place.asked().slice(before), world }
    }
    first = await release(OLD)
    second = await release(NEW)
    looks = place.cloud.requests
      .filter(({ path }) => path === '/v2/entries:list')
      .map(({ body }) => textAt(body, 'filter'))
    assert.deepEqual([place.cloud.unanswered, place.cloud.refusedHosts], [[], []])
  })
  let looks: string[]

  const openDeployed = (smokeTest?: string) => openDeployPlace({ world: first.world, ...(smokeTest && { smokeTest }) })

  const assertBack = (place: DeployPlace, { code, stderr }: { code: number | null; stderr: string }) => {
    assert.notEqual(code, 0, stderr)
    assert.match(stderr, /release: FAILED/)
    assert.match(stderr, /what to do/)
    assert.deepEqual(place.traffic('web'), [`${oldWeb} 100`])
    assert.deepEqual(place.traffic('batch'), [`${oldBatch} 100`])
  }

  test('the first one gives all traffic to its revisions, batch before web, and opens web alone to everybody', () => {
    const { code, output, asked, world } = first
    assert.equal(code, 0, output)
    assert.deepEqual(asked, [
      `batch: ${oldBatch} 100 candidate`,
      `web: ${oldWeb} 100 candidate`,
      `batch: ${oldBatch} 100`,
      `web: ${oldWeb} 100`,
    ])
    const invokers = (service: string) => {
      const { project, region } = world
      const policy = world.policies.get(
        `//run.googleapis.com/projects/${project}/locations/${region}/services/${service}`,
      )
      assert.equal(textAt(policy, 'bindings', 0, 'role'), 'roles/run.invoker')
      return at(policy, 'bindings', 0, 'members')
    }
    assert.deepEqual(invokers('web'), ['allUsers'])
    assert.deepEqual(
      invokers('batch'),
      ['push', 'scheduler', 'build'].map(
        (id) => `serviceAccount:reelway-${id}@${world.project}.iam.gserviceaccount.com`,
      ),
    )
  })

  test('a revision runs its image by digest, and web the newest two keys by number', () => {
    const { world } = first
    const spec = (name: string) => {
      const key = `//run.googleapis.com/projects/${world.project}/locations/${world.region}/revisions/${name}`
      return objectAt(world.resources.get(key), 'spec', 'containers', 0)
    }
    assert.match(textAt(spec(oldBatch ?? ''), 'image'), /\/reelway\/batch@sha256:[0-9a-f]{64}$/)
    assert.match(textAt(spec(oldWeb ?? ''), 'image'), /\/reelway\/web@sha256:[0-9a-f]{64}$/)
    const env = at(spec(oldWeb ?? ''), 'env')
    const keys = (Array.isArray(env) ? env : [])
      .filter((variable) => textAt(variable, 'name').startsWith('JWT_KEY'))
      .map((variable) => [textAt(variable, 'name'), textAt(variable, 'valueFrom', 'secretKeyRef', 'key')])
    assert.deepEqual(keys, [
      ['JWT_KEY_CURRENT', '10'],
      ['JWT_KEY_PREVIOUS', '9'],
    ])
  })

  test('a later one goes from nothing over 10 % to all traffic, batch always ahead of web, and looks at the errors each time', () => {
    assert.equal(second.code, 0, second.output)
    assert.deepEqual(second.asked, [
      `batch: ${oldBatch} 100, ${newBatch} 0 candidate`,
      `web: ${oldWeb} 100, ${newWeb} 0 candidate`,
      `batch: ${oldBatch} 90, ${newBatch} 0 candidate, ${newBatch} 10`,
      `batch: ${newBatch} 100`,
      `web: ${oldWeb} 90, ${newWeb} 0 candidate, ${newWeb} 10`,
      `web: ${newWeb} 100`,
    ])
    const [, ...ofSecond] = looks
    assert.equal(ofSecond.length, 3)
    for (const filter of ofSecond) {
      assert.match(filter, new RegExp(`timestamp>=.*${newWeb}.*status>=500.*${newBatch}`, 's'))
    }
  })

  test('one whose smoke test fails leaves the old revisions all the traffic and fails', async () => {
    await using place = await openDeployed('echo "not ok 1 - a video is converted"; exit 1')
    const result = await place.run('pipeline/release.sh', NEW)
    assertBack(place, result)
    assert.match(result.stdout, /a video is converted/)
    assert.ok(!place.asked().some((line) => / 10\b/.test(line)), 'it got no traffic at all')
  })

  test('one whose batch logs errors at 10 % gives the traffic back, shows them, and lets nobody reach its web', async () => {
    await using place = await openDeployed()
    place.cloud.world.logEntries.push(errorOf(newBatch ?? '', 'no such option'))
    const result = await place.run('pipeline/release.sh', NEW)
    assertBack(place, result)
    assert.ok(place.asked().some((line) => line.includes(`${newBatch} 10`)))
    assert.ok(!place.asked().some((line) => line.includes(`${newBatch} 100`) || line.includes(`${newWeb} 10`)))
    assert.match(result.stderr, /no such option/)
  })

  test('one whose web logs errors at 10 % gives the traffic back, that of web before that of batch', async () => {
    await using place = await openDeployed()
    const isSent = () => place.asked().some((line) => line.includes(`${newWeb} 10`))
    Object.defineProperty(place.cloud.world, 'logEntries', {
      get: () => (isSent() ? [errorOf(newWeb ?? '', 'column tasks.colour does not exist')] : []),
    })
    const result = await place.run('pipeline/release.sh', NEW)
    assertBack(place, result)
    assert.match(result.stderr, /column tasks.colour does not exist/)
    const asked = place.asked()
    assert.ok(asked.includes(`batch: ${newBatch} 100`))
    assert.ok(!asked.some((line) => line.includes(`${newWeb} 100`)))
    assert.deepEqual(asked.slice(-2), [`web: ${oldWeb} 100`, `batch: ${oldBatch} 100`])
  })

  test('one that is stopped when it has all the traffic already gives it back, too', async () => {
    // The third wait is the one for errors at 100 %.
    const sleep =
      'if [[ -e twice ]]; then kill -TERM $PPID; exec tail -f /dev/null; fi; if [[ -e once ]]; then touch twice; fi; touch once'
    await using place = await openDeployPlace({ world: first.world, sleep })
    const result = await place.run('pipeline/release.sh', NEW)
    assertBack(place, result)
    assert.equal(result.code, 143)
    assert.ok(place.asked().includes(`web: ${newWeb} 100`))
  })

  test('one whose web never becomes ready leaves the traffic with the old revisions, those of batch, too', async () => {
    await using place = await openDeployed()
    place.cloud.failRevisions('web')
    const result = await place.run('pipeline/release.sh', NEW)
    assertBack(place, result)
    assert.match(result.stderr, new RegExp(`${newWeb} did not become ready`))
  })

  test('a rollback gives all traffic to what the revisions replaced, and --to COMMIT goes there or back', async () => {
    await using place = await openDeployPlace({ world: second.world })
    const rollBack = (...more: string[]) =>
      place.run('rollback.sh', NEW, [place.cloud.project, place.cloud.region, ...more])
    const back = await rollBack()
    assert.equal(back.code, 0, back.stderr)
    assert.deepEqual([place.traffic('web'), place.traffic('batch')], [[`${oldWeb} 100`], [`${oldBatch} 100`]])
    assert.match(back.stdout, new RegExp(`web: from ${newWeb} to ${oldWeb} \\(commit ${OLD}\\)`))

    const again = await rollBack()
    assert.equal(again.code, 1, 'the first revisions replaced none')
    assert.match(again.stderr, /no earlier revision.*nothing was changed/)

    assert.equal((await rollBack('--to', OLD.slice(0, 7))).code, 0)
    assert.deepEqual(place.traffic('web'), [`${oldWeb} 100`])
  })

  test('a rollback is refused while a deployment is under way, which would undo it', async () => {
    await using place = await openDeployPlace({ world: second.world })
    const { project, region, world } = place.cloud
    const build = { id: 'b1', tags: ['reelway-deploy'], status: 'WORKING', createTime: '2026-11-24T12:00:00Z' }
    world.resources.set(`//cloudbuild.googleapis.com/projects/${project}/locations/${region}/builds/b1`, build)
    const { code, stderr } = await place.run('rollback.sh', NEW, [project, region])
    assert.equal(code, 1)
    assert.match(stderr, /gcloud builds cancel b1/)
    assert.deepEqual(place.asked(), [])
  })
})

/** What changes in a world; the rest is shared. */
const keptOf = ({ resources, policies }: World) => ({ resources, policies })

const errorOf = (revisionName: string, message: string) => ({
  logName: 'projects/reelway-test/logs/run.googleapis.com%2Fstdout',
  insertId: message,
  timestamp: '2026-11-24T12:00:00Z',
  severity: 'ERROR',
  resource: { type: 'cloud_run_revision', labels: { revision_name: revisionName } },
  jsonPayload: { message },
})
