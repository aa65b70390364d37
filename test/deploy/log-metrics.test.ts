import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { names } from '@reelway/local/cloud-resources.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import { eventually } from '../acceptance/watch-stack.ts'
import { Client } from '../support/client.ts'
import { type LogEntry, logEntries } from '../support/log-entries.ts'
import { startTestStack } from '../support/stack.ts'
import { makeVideo } from '../videos/make-video.ts'
import { extract, matchesLogFilter } from './log-filter.ts'
import { filesIn, renderFile } from './render-file.ts'

const metricFile = z.object({
  name: z.string(),
  filter: z.string(),
  valueExtractor: z.string().optional(),
  labelExtractors: z.record(z.string(), z.string()).default({}),
})
type Metric = z.infer<typeof metricFile>

/** What one metric makes of one entry. */
type Point = { labels: Record<string, unknown>; value: unknown }

describe("the log-based metrics, evaluated over a stack's own log", () => {
  const opened = new AsyncDisposableStack()
  const metrics: Metric[] = []
  const points = new Map<string, Point[]>()
  let entries: LogEntry[] = []
  before(async () => {
    const stack = opened.use(await startTestStack({ reapSeconds: 1 }))
    const { faults } = stack.storage
    const client = await Client.signUp(stack.webUrl)
    const video = await makeVideo('two-tenths')
    // A dead letter: pushes that never reach batch, as when all instances are busy. The job is published again, and converted.
    stack.pubsub.faults.dropDeliveries({ subscription: names.jobs, count: 5 })
    assert.equal((await client.convert(video, { preset: 'mp4-720p' })).status, 'completed')
    // A failure of the video's, and one of ours.
    assert.equal((await client.convert(await makeVideo('cut-mp4'))).error?.code, 'source_truncated')
    faults.add({ match: { api: 'media' }, times: 1_000, action: { kind: 'status', status: 403 } })
    assert.equal((await client.convert(video)).error?.code, 'source_unreachable')
    faults.clear()
    await stack.pubsub.idle()
    // Logs are written after what they tell of has been answered: all of it lies before the lines of two more rounds of the reaper.
    const rounds = async () =>
      (await logEntries(stack.directory, 'batch')).filter(({ jsonPayload }) => jsonPayload.message === 'reaped').length
    const before = await rounds()
    await eventually('two rounds of the reaper', async () => (await rounds()) > before + 1)
    entries = [...(await logEntries(stack.directory, 'web')), ...(await logEntries(stack.directory, 'batch'))]
    for (const file of await filesIn('monitoring/metrics')) {
      const metric = metricFile.parse(parse(await renderFile(file)))
      metrics.push(metric)
      points.set(metric.name, pointsOf(metric, entries))
    }
  })
  after(() => opened.disposeAsync())

  const pointsOfMetric = (name: string): Point[] => {
    const found = points.get(name)
    assert.ok(found !== undefined, `there is no metric ${name}`)
    return found
  }

  test('a dead letter is counted under the subscription that gave it up', () => {
    // Also the end of the task that failed for a reason of ours, after its last attempt.
    const letter = { labels: { subscription: 'jobs' }, value: undefined }
    assert.deepEqual(pointsOfMetric('reelway_dead_letters'), [letter, letter])
  })

  test('failed tasks are counted by code, and by whose fault it was', () => {
    assert.deepEqual(
      pointsOfMetric('reelway_failed_tasks').map(({ labels }) => labels),
      [
        { code: 'source_truncated', blame: 'video' },
        { code: 'source_unreachable', blame: 'ours' },
      ],
    )
  })

  test('a completed task gives the seconds of encoding for one second of its result', () => {
    const [point, ...others] = pointsOfMetric('reelway_encode_seconds_per_second')
    assert.deepEqual(others, [])
    assert.deepEqual(point?.labels, { preset: 'mp4-720p' })
    const completed = entries.filter(({ jsonPayload }) => jsonPayload.message === 'task completed')
    const logged = completedLine.parse(completed[0]?.jsonPayload.metadata)
    assert.equal(point?.value, logged.encodeSeconds / logged.outputSeconds)
    assert.ok(Math.abs(logged.outputSeconds - 0.2) < 0.05, `${logged.outputSeconds} s`)
    assert.ok(Math.abs(logged.sourceSeconds - 0.2) < 0.05, `${logged.sourceSeconds} s`)
    assert.equal(logged.attempt, 1)
  })

  test('every round of the reaper is counted', () => {
    assert.ok(pointsOfMetric('reelway_reaped').length > 0)
  })

  test('every delivery is counted by what came of it', () => {
    const outcomes = Map.groupBy(pointsOfMetric('reelway_deliveries'), ({ labels }) => labels.outcome)
    assert.equal(outcomes.get('published-again')?.length, 1)
    assert.equal(outcomes.get('completed')?.length, 1)
    assert.equal(outcomes.get('refused')?.length, 1)
    assert.equal(outcomes.get('try-again')?.length, 5)
    assert.ok(outcomes.keys().every((outcome) => typeof outcome === 'string'))
  })

  test('the same lines of another service are not counted', () => {
    const others = entries.map((entry) => ({
      ...entry,
      resource: { ...entry.resource, labels: { service_name: 'another' } },
    }))
    for (const metric of metrics) assert.deepEqual(pointsOf(metric, others), [], metric.name)
  })
})

const completedLine = z.object({
  preset: z.string(),
  attempt: z.int(),
  sourceSeconds: z.number().positive(),
  outputSeconds: z.number().positive(),
  encodeSeconds: z.number().positive(),
  encodeSecondsPerSecond: z.number().positive(),
})

const pointsOf = ({ filter, labelExtractors, valueExtractor }: Metric, entries: LogEntry[]): Point[] =>
  entries
    .filter((entry) => matchesLogFilter(filter, entry))
    .map((entry) => ({
      labels: Object.fromEntries(
        Object.entries(labelExtractors).map(([label, extractor]) => [label, extract(extractor, entry)]),
      ),
      value: valueExtractor === undefined ? undefined : extract(valueExtractor, entry),
    }))
