import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startGoogleCloud } from '../support/google-cloud/start-google-cloud.ts'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'
import { operate } from './operate.ts'
import { isWrite } from './request-lines.ts'

suite('set-up with something in its way', { concurrency: 1, skip: withoutGcloud }, () => {
  test('a question that is answered 403 stops it with a clear line, and nothing is created after it', async () => {
    await using cloud = await startGoogleCloud()
    cloud.deny(({ method, path }) => method === 'GET' && path.endsWith('/repositories'), 403)
    const { code, stderr } = await operate(cloud, 'setup.sh')
    assert.equal(code, 3, stderr)
    assert.match(stderr, /cannot find out: gcloud artifacts repositories list/)
    assert.match(stderr, /Your account may not do this in project reelway-test/)
    const refused = cloud.requests.findIndex(({ status }) => status === 403)
    assert.deepEqual(cloud.requests.slice(refused).filter(isWrite), [])
  })

  test('a network that is dead stops it before anything is done, and it says so', async () => {
    await using cloud = await startGoogleCloud()
    const nobody = 'http://127.0.0.1:1'
    const { code, stdout, stderr } = await operate(cloud, 'setup.sh', {
      env: { http_proxy: nobody, https_proxy: nobody },
    })
    assert.equal(code, 3, stdout + stderr)
    assert.match(stderr, /Google Cloud cannot be reached from here: check the network/)
    assert.deepEqual(cloud.requests, [])
  })
})
