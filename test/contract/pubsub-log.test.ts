import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { messageRecord } from '../../infra/local/pubsub/log-replay.ts'
import { openMessageLog } from '../../infra/local/pubsub/message-log.ts'

const SUBSCRIPTION = 'projects/log/subscriptions/push'

const published = (id: number, text = 'x'.repeat(100)) =>
  messageRecord(
    {
      id: String(id),
      publishTime: '2026-01-01T00:00:00.000Z',
      data: Buffer.from(text),
      attributes: {},
      orderingKey: '',
    },
    [SUBSCRIPTION],
  )

const withDirectory = async (work: (directory: string) => Promise<void> | void): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'reelway-log-'))
  try {
    await work(directory)
  } finally {
    await rm(directory, { recursive: true })
  }
}

test('a log stays short while messages come and go, and holds what is unacknowledged', () =>
  withDirectory((directory) => {
    const log = openMessageLog(directory, 10_000)
    log.append(published(1))
    log.append({ kind: 'failed', subscription: SUBSCRIPTION, messageId: '1', failures: 3 })
    for (let id = 2; id <= 500; id += 1) {
      log.append(published(id))
      log.append({ kind: 'acked', subscription: SUBSCRIPTION, messageId: String(id) })
    }
    log.append(published(501))
    log.close()
    const { size } = statSync(join(directory, 'messages.jsonl'))
    assert.ok(size < 12_000, `${size} bytes`)
    const again = openMessageLog(directory)
    again.close()
    const unacked = [...(again.recovered.unacked.get(SUBSCRIPTION)?.values() ?? [])]
    assert.deepEqual(
      unacked.map(({ message, failures }) => `${message.id} ${failures}`),
      ['1 3', '501 0'],
    )
    assert.equal(again.recovered.nextId, 502)
  }))

test('a closed log refuses a record, and writes to no file that was opened after it', () =>
  withDirectory((directory) => {
    const log = openMessageLog(directory)
    log.close()
    const other = openSync(join(directory, 'other'), 'w')
    assert.throws(() => log.append(published(1)), /closed/)
    closeSync(other)
    assert.equal(readFileSync(join(directory, 'other'), 'utf8'), '')
  }))

// A limit on the size of files ends a write in the middle, as a full disk does.
const UNTIL_FULL = `
  const { openMessageLog } = await import(process.argv[1])
  const log = openMessageLog(process.argv[2])
  const topic = { name: 'projects/log/topics/' + 'x'.repeat(200), labels: {}, kmsKeyName: '', messageTransforms: [] }
  try { for (;;) log.append({ kind: 'topic', topic }) } catch { console.log('full') }`

test('a log on a full disk refuses a record, and can be read again', () =>
  withDirectory(async (directory) => {
    const log = new URL('../../infra/local/pubsub/message-log.ts', import.meta.url).href
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -f 20; exec "$0" --input-type=module -e "$1" "$2" "$3"',
      process.execPath,
      UNTIL_FULL,
      log,
      directory,
    ])
    assert.equal(stdout, 'full\n')
    assert.match(readFileSync(join(directory, 'messages.jsonl'), 'utf8'), /}\n$/)
    openMessageLog(directory).close()
  }))
