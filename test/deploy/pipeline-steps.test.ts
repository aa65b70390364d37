import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BUILD_ID, openDeployPlace } from '../support/google-cloud/deploy-place.ts'
import { at, objectAt, textAt } from '../support/google-cloud/json.ts'
import type { GoogleCloud } from '../support/google-cloud/start-google-cloud.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'

const COMMIT = 'aaaaaaa'.padEnd(40, '1')
const DIGEST = `sha256:${'d'.repeat(64)}`

describe('the step that builds an image', () => {
  // Writes down what it is told, and says what BuildKit says.
  const docker = (digest: string) => `
    echo "$@" >> docker.log
    while (($# > 0)); do
      if [[ $1 == --metadata-file ]]; then echo '{"containerimage.digest": "${digest}"}' > "$2"; fi
      shift
    done`

  test('pushes it under its commit, keeps all layers beside it, and hands on its digest', async () => {
    await using place = await openDeployPlace({ docker: docker(DIGEST) })
    const { code, stdout, stderr } = await place.run('pipeline/build-image.sh', COMMIT, ['web'], {
      BUILDKIT_IMAGE: 'moby/buildkit:v0.22.0',
    })
    assert.equal(code, 0, stderr)
    const image = 'europe-west1-docker.pkg.dev/reelway-test/reelway/web'
    assert.match(stdout, new RegExp(`${image}@${DIGEST}`))
    assert.equal(await place.read('release/web.image'), `${image}@${DIGEST}\n`)
    const log = await place.read('docker.log')
    for (const part of [
      '--file services/web/Dockerfile',
      `--tag ${image}:${COMMIT} --push`,
      `--cache-to type=registry,ref=${image}-cache:latest,mode=max`,
      `--cache-from type=registry,ref=${image}-cache:latest`,
      'image=moby/buildkit:v0.22.0',
    ]) {
      assert.ok(log.includes(part), `${part} in ${log}`)
    }
  })

  test('fails when it is told no digest', async () => {
    await using place = await openDeployPlace({ docker: docker('none') })
    const { code, stderr } = await place.run('pipeline/build-image.sh', COMMIT, ['web'], { BUILDKIT_IMAGE: 'x' })
    assert.equal(code, 1)
    assert.match(stderr, /no digest/)
  })
})

describe('the step that migrates', { skip: withoutGcloud }, () => {
  test("runs the job with this commit's image and waits for it", async () => {
    await using place = await openDeployPlace()
    const { code, stdout, stderr } = await place.run('pipeline/migrate.sh', COMMIT)
    assert.equal(code, 0, stdout + stderr)
    const { resources } = place.cloud.world
    const [execution, ...others] = [...resources].filter(([key]) => key.includes('/executions/'))
    assert.equal(others.length, 0)
    const container = objectAt(execution?.[1], 'spec', 'template', 'spec', 'containers', 0)
    assert.match(textAt(container, 'image'), new RegExp(`/reelway/web@sha256:${COMMIT}`))
    assert.deepEqual([at(container, 'command'), at(container, 'args')], [['node'], ['migrate.js']])
  })

  test('fails when the job fails, and says where the reason is', async () => {
    await using place = await openDeployPlace()
    place.cloud.failExecutions('migrate')
    const { code, stderr } = await place.run('pipeline/migrate.sh', COMMIT)
    assert.equal(code, 1)
    assert.match(stderr, /gcloud logging read .*job_name=migrate/)
    assert.match(stderr, /nothing was deployed/)
  })
})

describe('the step that waits for its turn', { skip: withoutGcloud }, () => {
  const startBuild = ({ world, project, region }: GoogleCloud, id: string, minute: number, tag = 'reelway-deploy') => {
    const key = `//cloudbuild.googleapis.com/projects/${project}/locations/${region}/builds/${id}`
    world.resources.set(key, { id, tags: [tag], status: 'WORKING', createTime: `2026-11-24T12:0${minute}:00Z` })
    return key
  }

  test('goes on when older deployments have ended, and does not mind younger ones or other builds', async () => {
    await using place = await openDeployPlace()
    const { cloud } = place
    startBuild(cloud, 'other', 0, 'nightly')
    const older = startBuild(cloud, 'older', 1)
    startBuild(cloud, BUILD_ID, 2)
    startBuild(cloud, 'younger', 3)
    // It ends after the second look.
    let looks = 0
    cloud.deny(({ path }) => {
      if (path.endsWith('/builds') && ++looks === 3) cloud.world.resources.delete(older)
      return false
    }, 500)
    const { code, stdout, stderr } = await place.run('pipeline/wait-for-turn.sh', COMMIT)
    assert.equal(code, 0, stderr)
    assert.equal(stdout.match(/waiting for build older/g)?.length, 2)
    assert.match(stdout, /no other deployment is under way/)
  })

  test('fails when it does not find its own build, since then others would not find it either', async () => {
    await using place = await openDeployPlace()
    startBuild(place.cloud, 'older', 1)
    const { code, stderr } = await place.run('pipeline/wait-for-turn.sh', COMMIT)
    assert.equal(code, 1)
    assert.match(stderr, /is not among those that are under way/)
  })
})
