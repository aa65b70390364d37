import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { PubSub } from '@google-cloud/pubsub'
import { ensureSubscriptions, ensureTopics, names } from '@reelway/local/cloud-resources.ts'
import { freePort } from '@reelway/local/free-port.ts'
import { gcpNames } from '@reelway/local/gcp-names.ts'
import { readSubscriptionFiles } from '@reelway/local/subscription-files.ts'
import { gcloudEnvironment } from '../support/google-cloud/gcloud-environment.ts'
import { runScript } from '../support/google-cloud/run-script.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'

const run = promisify(execFile)

/** Where the emulator is installed, or why it cannot be run. */
const findEmulator = async (): Promise<{ program: string } | { missing: string }> => {
  if (withoutGcloud !== false) return { missing: withoutGcloud }
  const { stdout } = await run('gcloud', ['info', '--format=value(installation.sdk_root)'])
  const program = join(stdout.trim(), 'platform/pubsub-emulator/bin/cloud-pubsub-emulator')
  if (!existsSync(program)) return { missing: 'the Pub/Sub emulator is not installed (gcloud components)' }
  const hasJava = await run('java', ['-version']).then(
    () => true,
    () => false,
  )
  return hasJava ? { program } : { missing: 'java, which the Pub/Sub emulator needs, is not installed' }
}

/** The official emulator, at a port of its own; `await using` ends it. */
const startEmulator = async (program: string) => {
  const port = await freePort()
  const emulator = spawn(program, ['--host=127.0.0.1', `--port=${port}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(emulator, 'close')
  const lines = createInterface(emulator.stderr)
  emulator.stdout.resume()
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('Server started') && resolve())
    lines.once('close', () => reject(new Error('the emulator has ended before it was ready')))
  })
  return {
    host: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      emulator.kill()
      await ended
    },
  }
}

/** The topics and subscriptions of infra/gcp/pubsub, made as setup/pubsub.sh makes them in an empty project. */
const MAKE = `
  set -euo pipefail
  source infra/gcp/place.sh
  source infra/gcp/render.sh
  for file in infra/gcp/pubsub/*.yaml; do topics+=("$(basename "$file" .yaml)"); done
  gcloud pubsub topics create "\${topics[@]}"
  for name in "\${topics[@]}"; do
    render "infra/gcp/pubsub/$name.yaml" >"$TMPDIR/flags.yaml"
    gcloud pubsub subscriptions create "$name" --flags-file="$TMPDIR/flags.yaml"
  done`

const emulator = await findEmulator()

test('what set-up asks Pub/Sub for is what the local Pub/Sub is configured with, as the official emulator reads it', {
  skip: 'missing' in emulator && emulator.missing,
}, async () => {
  assert.ok('program' in emulator)
  await using server = await startEmulator(emulator.program)
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'))
  const environment = {
    ...(await gcloudEnvironment(folder, names.project)),
    CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB: `http://${server.host}/`,
    ...{ PROJECT: names.project, PROJECT_NUMBER: '1', REGION: 'europe-west1' },
  }
  const made = await runScript('bash', ['-c', MAKE], { cloud: { environment } })
  await rm(folder, { recursive: true, force: true })
  assert.equal(made.code, 0, made.stderr)

  // The client looks for Google's metadata server even when it talks to an emulator, and warns about what it finds.
  process.env.METADATA_SERVER_DETECTION ??= 'none'
  const pubsub = new PubSub({ projectId: names.project, apiEndpoint: server.host, emulatorMode: true })
  const subscriptions = async () => {
    const [all] = await pubsub.getSubscriptions()
    const described = await Promise.all(all.map(async (it) => (await it.getMetadata())[0]))
    return described.sort((a, b) => String(a.name).localeCompare(String(b.name)))
  }
  const byGcloud = await subscriptions()
  const [all] = await pubsub.getSubscriptions()
  for (const subscription of all) await subscription.delete()
  await ensureTopics(pubsub)
  await ensureSubscriptions(
    pubsub,
    await readSubscriptionFiles({
      ...gcpNames,
      BATCH_URL: 'https://batch-1.europe-west1.run.app',
      CANDIDATE_BATCH_URL: 'https://candidate---batch-1.europe-west1.run.app',
      ACCOUNT_DOMAIN: `${names.project}.iam.gserviceaccount.com`,
    }),
  )
  const byLocalStack = await subscriptions()
  await pubsub.close()
  assert.equal(byGcloud.length, 4)
  assert.deepEqual(byGcloud, byLocalStack)
})
