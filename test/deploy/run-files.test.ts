import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { before, describe, test } from 'node:test'
import { batchVariables } from '@reelway/batch/config.ts'
import { readConfig } from '@reelway/shared/config.ts'
import { webVariables } from '@reelway/web/config.ts'
import { STREAM_SECONDS } from '@reelway/web/live/keep-streams.ts'
import { migrateVariables } from '@reelway/web/migrate/config.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import { environmentOf, FILLED_IN, job, renderRunFile, type Service, service } from './run-file.ts'

const template = ({ spec: { template } }: Service) => ({
  ...template.spec,
  container: template.spec.containers[0],
  ...template.metadata,
})

describe('the files of infra/gcp/run', () => {
  let web: Service
  let batch: Service
  let migrate: z.infer<typeof job>
  before(async () => {
    web = service.parse(await renderRunFile('web'))
    batch = service.parse(await renderRunFile('batch'))
    migrate = job.parse(await renderRunFile('migrate'))
  })
  const migrateTask = () => migrate.spec.template.spec.template.spec

  const key = (kid: string) => `${kid}:${randomBytes(32).toString('base64')}`
  const secrets = { '1': key('old'), '2': key('new') }

  test('give each service a configuration that it accepts, for its own database user', () => {
    const webConfig = readConfig(webVariables, environmentOf(template(web).container.env, secrets))
    assert.equal(webConfig.JWT_KEY_CURRENT.kid, 'new')
    assert.equal(webConfig.JWT_KEY_PREVIOUS?.kid, 'old')
    assert.equal(webConfig.DB_USER, 'reelway-web@p.iam')
    assert.equal(webConfig.TRUST_PROXY_HOPS, 1)
    const batchConfig = readConfig(batchVariables, environmentOf(template(batch).container.env))
    assert.equal(batchConfig.DB_USER, 'reelway-batch@p.iam')
    assert.equal(batchConfig.PUSH_TOKEN_CHECK, 'cloud-run')
    const migrateConfig = readConfig(migrateVariables, environmentOf(migrateTask().containers[0].env))
    assert.equal(migrateConfig.DB_USER, 'reelway-migrate@p.iam')
    assert.deepEqual(migrateConfig.DB_GRANTEES, [webConfig.DB_USER, batchConfig.DB_USER])
    for (const config of [webConfig, batchConfig, migrateConfig]) {
      assert.equal(config.INSTANCE_CONNECTION_NAME, 'p:europe-west1:reelway')
      assert.equal(config.DB_IP_TYPE, 'PRIVATE')
      assert.equal(config.GIT_COMMIT, FILLED_IN.COMMIT)
    }
  })

  test('name no variable that its service does not read, and none twice', () => {
    for (const [schema, env] of [
      [webVariables, template(web).container.env],
      [batchVariables, template(batch).container.env],
      [migrateVariables, migrateTask().containers[0].env],
    ] as const) {
      const names = env.map(({ name }) => name)
      assert.deepEqual(
        names.filter((name) => !(name in schema.shape)),
        [],
      )
      assert.equal(new Set(names).size, names.length)
    }
  })

  test('run each image as its own identity, by digest, on the same network and second generation', () => {
    assert.equal(template(web).container.image, FILLED_IN.WEB_IMAGE)
    assert.equal(template(batch).container.image, FILLED_IN.BATCH_IMAGE)
    assert.equal(migrateTask().containers[0].image, FILLED_IN.WEB_IMAGE)
    assert.deepEqual(
      [template(web), template(batch), migrateTask()].map(({ serviceAccountName }) => serviceAccountName),
      ['web', 'batch', 'migrate'].map((id) => `reelway-${id}@p.iam.gserviceaccount.com`),
    )
    for (const { annotations } of [template(web), template(batch), migrate.spec.template.metadata]) {
      assert.equal(annotations['run.googleapis.com/execution-environment'], 'gen2')
      assert.equal(annotations['run.googleapis.com/vpc-access-egress'], 'private-ranges-only')
      assert.deepEqual(JSON.parse(annotations['run.googleapis.com/network-interfaces'] ?? ''), [
        { network: 'reelway', subnetwork: 'reelway' },
      ])
    }
  })

  test('start a container on /ready within four minutes, and restart it on /health alone', () => {
    for (const { container } of [template(web), template(batch)]) {
      assert.equal(container.startupProbe.httpGet.path, '/ready')
      assert.equal(container.livenessProbe.httpGet.path, '/health')
      const { failureThreshold, periodSeconds } = container.startupProbe
      assert.ok(failureThreshold * periodSeconds <= 240, 'https://cloud.google.com/run/docs/configuring/healthchecks')
    }
  })

  test('let web serve many streams at a time, which it ends itself, and batch one request, for as long as Pub/Sub waits', async () => {
    assert.equal(template(web).containerConcurrency, 500)
    assert.ok(template(web).timeoutSeconds >= STREAM_SECONDS + 30)
    assert.equal(template(batch).containerConcurrency, 1)
    const jobs = z
      .looseObject({ '--ack-deadline': z.number() })
      .parse(parse(await readFile('infra/gcp/pubsub/jobs.yaml', 'utf8')))
    const { ACK_DEADLINE_SECONDS } = readConfig(batchVariables, environmentOf(template(batch).container.env))
    assert.equal(template(batch).timeoutSeconds, jobs['--ack-deadline'])
    assert.equal(ACK_DEADLINE_SECONDS, jobs['--ack-deadline'])
  })

  test('give ffmpeg as many threads as batch has processors', () => {
    const { env, resources } = template(batch).container
    assert.equal(environmentOf(env).FFMPEG_THREADS, resources.limits.cpu)
  })

  test('let as many jobs be in flight as batch has instances, by web and by batch', () => {
    const instances = Number(template(batch).annotations['autoscaling.knative.dev/maxScale'])
    for (const { container } of [template(web), template(batch)]) {
      assert.equal(environmentOf(container.env).DISPATCH_WINDOW, String(instances))
    }
  })

  test('publish to topics that have a subscription, and know batch by the audience of its pushes', async () => {
    const topics = (await readdir('infra/gcp/pubsub')).map((file) => file.replace('.yaml', ''))
    for (const { container } of [template(web), template(batch)]) {
      const { JOBS_TOPIC = '', JOBS_CANDIDATE_TOPIC = '' } = environmentOf(container.env)
      assert.ok(topics.includes(JOBS_TOPIC) && topics.includes(JOBS_CANDIDATE_TOPIC))
    }
    const { PUSH_AUDIENCE } = environmentOf(template(batch).container.env)
    assert.deepEqual(JSON.parse(batch.metadata.annotations['run.googleapis.com/custom-audiences'] ?? ''), [
      PUSH_AUDIENCE,
    ])
  })

  test('hold no place, no account and no digest of their own: those are filled in', async () => {
    for (const name of ['web', 'batch', 'migrate']) {
      const text = (await readFile(`infra/gcp/run/${name}.yaml`, 'utf8')).replace(/^ *#.*$/gm, '')
      assert.doesNotMatch(text, /[a-z]+-[a-z]+\d-docker|gserviceaccount\.com|@sha256|reelway/, name)
    }
  })

  test('are not accepted with a key that Cloud Run does not have', async () => {
    const misspelt = JSON.parse(JSON.stringify(await renderRunFile('web')).replace('"startupProbe"', '"startUpProbe"'))
    assert.equal(service.safeParse(misspelt).success, false)
  })
})
