import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type DeployPlace, openDeployPlace } from '../support/google-cloud/deploy-place.ts'
import { runScript } from '../support/google-cloud/run-script.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'
import { renderFile } from './render-file.ts'
import { FILLED_IN } from './run-file.ts'

describe('gcloud', { skip: withoutGcloud }, () => {
  let place: DeployPlace
  let folder: string
  before(async () => {
    place = await openDeployPlace()
    folder = await mkdtemp(join(tmpdir(), 'run-files-'))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
    await place[Symbol.asyncDispose]()
  })

  /** A first deployment's file, for the project of the stand-in. */
  const replace = async (change: (text: string) => string) => {
    const { project, projectNumber, region } = place.cloud
    const text = await renderFile('run/web.yaml', {
      ...FILLED_IN,
      ...{ PROJECT: project, PROJECT_NUMBER: projectNumber, REGION: region },
      ...{ TRAFFIC: `[{revisionName: ${FILLED_IN.REVISION}, percent: 100}]` },
      ...{ JWT_KEY_CURRENT_VERSION: '10', JWT_KEY_PREVIOUS_VERSION: '9' },
    })
    const path = join(folder, 'web.yaml')
    await writeFile(path, change(text))
    return runScript('gcloud', ['run', 'services', 'replace', path, `--region=${region}`, '--dry-run'], place)
  }

  test('takes a service file, and changes nothing when it is asked to try only', async () => {
    const { code, stderr } = await replace((text) => text)
    assert.equal(code, 0, stderr)
    assert.deepEqual(place.traffic('web'), [])
  })

  test('refuses one with a key that does not exist', async () => {
    const { code, stderr } = await replace((text) => text.replace('startupProbe:', 'startupProb:'))
    assert.notEqual(code, 0)
    assert.match(stderr, /startupProb/)
  })

  test('refuses one with a value of another type', async () => {
    const { code, stderr } = await replace((text) =>
      text.replace('containerConcurrency: 500', 'containerConcurrency: many'),
    )
    assert.notEqual(code, 0)
    assert.match(stderr, /containerConcurrency|many/)
  })
})
