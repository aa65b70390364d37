import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { jobMessage } from '@reelway/shared/message/body.ts'
import { pushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'

const jobId = '0b5c3a52-7a3e-4f0e-9d38-0d6f8f1c2b3a'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const envelope = (message: object) => ({ message: { messageId: '1', ...message }, subscription: 's' })

describe('the envelope of a push', () => {
  test('is read as Pub/Sub sends it, with both spellings of the id', () => {
    const sent = {
      message: {
        attributes: { traceparent: 't' },
        data: base64('{}'),
        messageId: '1',
        message_id: '1',
        publishTime: '2026-01-01T00:00:00Z',
        publish_time: '2026-01-01T00:00:00Z',
      },
      subscription: 'projects/p/subscriptions/s',
      deliveryAttempt: 2,
    }
    const read = pushEnvelope.parse(sent)
    assert.deepEqual([read.message.attributes, read.deliveryAttempt], [{ traceparent: 't' }, 2])
  })

  test('may lack data, attributes and the attempt', () => {
    const read = pushEnvelope.parse(envelope({}))
    assert.deepEqual([read.message.data, read.message.attributes, read.deliveryAttempt], ['', {}, undefined])
  })

  for (const [title, body] of [
    ['without a message', { subscription: 's' }],
    ['without a subscription', { message: { messageId: '1' } }],
    ['whose data is no base64', envelope({ data: 'no base64!' })],
    ['whose attributes are no texts', envelope({ attributes: { a: 1 } })],
    ['that is a text', 'envelope'],
    ['that is null', null],
  ] as const) {
    test(`is none ${title}`, () => {
      assert.equal(pushEnvelope.safeParse(body).success, false)
    })
  }
})

describe('the message in an envelope', () => {
  const read = (text: string) => readMessage(jobMessage, pushEnvelope.parse(envelope({ data: base64(text) })))

  test('is the job, also when a newer web says more', () => {
    assert.deepEqual(read(JSON.stringify({ jobId, priority: 1 })), { jobId })
  })

  test('is none when it is no JSON, or names no job', () => {
    for (const text of ['', 'no json', '{}', 'null', '{"jobId":1}', '{"jobId":"x"}'])
      assert.equal(read(text), undefined)
  })
})
