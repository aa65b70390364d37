import assert from 'node:assert/strict'
import { type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { before, describe, test } from 'node:test'
import { names } from '@reelway/local/cloud-resources.ts'
import { CANDIDATE_HOST } from '@reelway/local/service-environment.ts'
import { Client, created, describeFile, uploadFile } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { useStack } from './place.ts'

describe('the candidate of a deployment', () => {
  const place = useStack()
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('plain')
  })

  /** Makes a task with a Host header, which fetch does not let us choose. */
  const createWith = async (headers: Record<string, string>) => {
    const asked = request(new URL('/api/tasks', place.stack.webUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${client.accessToken}`, 'content-type': 'application/json', ...headers },
    })
    const response = new Promise<IncomingMessage>((resolve, reject) =>
      asked.on('response', resolve).on('error', reject),
    )
    asked.end(JSON.stringify(await describeFile(video, { preset: 'mp4-720p' })))
    return created.parse(await json(await response))
  }

  /** The subscriptions that pushed a job while the task was converted. */
  const subscriptionsOf = async (headers: Record<string, string>): Promise<string[]> => {
    const startedAt = new Date()
    const { task, upload } = await createWith(headers)
    assert.ok(upload)
    await uploadFile(upload, video)
    await client.uploaded(task.id)
    const settled = await client.settled(task.id)
    assert.equal(settled.error, null)
    await place.stack.pubsub.idle()
    const jobs: string[] = [names.jobs, names.jobsCandidate]
    return place.stack.pubsub.deliveries
      .recent()
      .filter((delivery) => delivery.startedAt >= startedAt && jobs.includes(delivery.subscription))
      .map(({ subscription }) => subscription)
  }

  test("a task that was created at web's candidate URL is converted by the candidate of batch", async () => {
    assert.deepEqual(await subscriptionsOf({ host: CANDIDATE_HOST }), [names.jobsCandidate])
  })

  test('a task that was created at any other URL is not, whatever its client pretends', async () => {
    const headers = { host: `not-the-${CANDIDATE_HOST}`, 'x-forwarded-host': CANDIDATE_HOST }
    assert.deepEqual(await subscriptionsOf(headers), [names.jobs])
  })
})
