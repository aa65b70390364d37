import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { objectsAt } from '../support/google-cloud/json.ts'
import { runScript, type ScriptResult } from '../support/google-cloud/run-script.ts'
import { type GoogleCloud, startGoogleCloud } from '../support/google-cloud/start-google-cloud.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'
import { list } from '../support/google-cloud/world.ts'
import { filesIn } from './render-file.ts'

/** As setup.sh sources it, with the lines of its summary at the end. */
const SCRIPT = `set -euo pipefail
folder=$1 PROJECT=$2 REGION=$3
next_steps=()
source "$folder/ensure.sh"; check_place; source "$folder/place.sh"; source "$folder/render.sh"
source "$folder/setup/monitoring.sh"
printf 'CHANGED %s\\n' "\${changes[@]}"
printf 'NEXT %s\\n' "\${next_steps[@]}"`

describe('set-up of the monitoring', { skip: withoutGcloud }, () => {
  const opened = new AsyncDisposableStack()
  let cloud: GoogleCloud
  let folder: string
  before(async () => {
    cloud = opened.use(await startGoogleCloud())
    folder = await mkdtemp(join(tmpdir(), 'reelway-gcp-'))
    opened.defer(() => rm(folder, { recursive: true, force: true }))
    await cp(fileURLToPath(new URL('../../infra/gcp', import.meta.url)), folder, { recursive: true })
    for (const service of ['logging', 'monitoring']) {
      const name = `projects/${cloud.project}/services/${service}.googleapis.com`
      cloud.world.resources.set(`//serviceusage.googleapis.com/${name}`, { name })
    }
  })
  after(() => opened.disposeAsync())

  const setUp = async (env: Record<string, string> = {}): Promise<ScriptResult & { changes: string[] }> => {
    cloud.requests.length = 0
    const args = ['-c', SCRIPT, 'setup.sh', folder, cloud.project, cloud.region]
    const result = await runScript('bash', args, { cloud, env: { SECONDS_TO_WAIT: '0', ...env } })
    assert.equal(result.code, 0, result.stderr)
    return { ...result, changes: result.stdout.split('\n').filter((line) => /^CHANGED ./.test(line)) }
  }

  const writes = (): string[] =>
    cloud.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)

  const policies = () => list(cloud.world, `//monitoring.googleapis.com/projects/${cloud.project}/alertPolicies`)

  test('makes everything once, also when Cloud Monitoring has not heard of a new metric yet', async () => {
    cloud.world.failing.metrics.add('reelway_reaped')
    const { changes, stdout } = await setUp()
    const [metrics, alerts] = [await filesIn('monitoring/metrics'), await filesIn('monitoring/alerts')]
    assert.equal(changes.length, metrics.length + alerts.length + 2)
    assert.equal(policies().length, alerts.length)
    assert.match(stdout, /does not know a new metric yet/)
    assert.match(stdout, /NEXT +Alerts reach nobody yet: ALERT_EMAIL=/)
    assert.deepEqual(cloud.unanswered, [])
    assert.deepEqual(cloud.refusedHosts, [])
  })

  test('changes nothing when nothing has changed', async () => {
    const before = cloud.state()
    const { changes } = await setUp()
    assert.deepEqual(changes, [])
    assert.deepEqual(writes(), [])
    assert.deepEqual(cloud.state(), before)
  })

  test('gives every alert to an address that is named later', async () => {
    await setUp({ ALERT_EMAIL: 'operator@example.com' })
    const channels = policies().map(({ notificationChannels }) => notificationChannels)
    const [channel] = list(cloud.world, `//monitoring.googleapis.com/projects/${cloud.project}/notificationChannels`)
    assert.ok(channel !== undefined)
    assert.deepEqual(channel.labels, { email_address: 'operator@example.com' })
    assert.ok(channels.every((names) => JSON.stringify(names) === JSON.stringify([channel.name])))
  })

  test('sends exactly the files again that have changed, and keeps an address that is not named again', async () => {
    await edit('monitoring/alerts/slow-encoding.yaml', 'thresholdValue: 2', 'thresholdValue: 3')
    await edit('monitoring/metrics/reaped.yaml', 'Rounds of the reaper.', 'Every round of the reaper.')
    await edit('monitoring/dashboard.json', 'Rounds of the reaper', 'Every round of the reaper')
    await edit('setup/monitoring.sh', '--timeout=10', '--timeout=20')
    const { changes } = await setUp()
    assert.deepEqual(changes, [
      'CHANGED log-based metric reelway_reaped: updated',
      'CHANGED uptime check of web: updated',
      'CHANGED alert "Reelway: Slow encoding": updated',
      'CHANGED dashboard: updated',
    ])
    const slow = policies().find(({ displayName }) => displayName === 'Reelway: Slow encoding')
    assert.match(JSON.stringify(objectsAt(slow ?? {}, 'conditions')), /"thresholdValue":3/)
    assert.equal(objectsAt(slow ?? {}, 'conditions').length, 1)
    assert.equal(JSON.stringify(slow?.notificationChannels).includes('/notificationChannels/'), true)
  })

  test('stops, and changes nothing, when it cannot see what is there', async () => {
    const undo = cloud.deny(({ path }) => path.endsWith('/alertPolicies'), 403)
    cloud.requests.length = 0
    const args = ['-c', SCRIPT, 'setup.sh', folder, cloud.project, cloud.region]
    const { code, stderr } = await runScript('bash', args, { cloud })
    undo()
    assert.equal(code, 3)
    assert.match(stderr, /cannot find out: gcloud alpha monitoring policies list/)
    assert.deepEqual(writes(), [])
  })

  const edit = async (path: string, from: string, to: string): Promise<void> => {
    const text = await readFile(join(folder, path), 'utf8')
    assert.ok(text.includes(from), `${path} does not say ${from}`)
    await writeFile(join(folder, path), text.replace(from, to))
  }
})
