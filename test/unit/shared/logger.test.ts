import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

const shared = new URL('../../../shared/', import.meta.url).href

/** What a process that logs with our logger writes to stdout, line by line. */
const linesOf = async (body: string, level = 'info'): Promise<unknown[]> => {
  const program = `
    const { makeLogger } = await import('${shared}logger.ts')
    const { runInContext } = await import('${shared}http/request-context.ts')
    const { reelwayError } = await import('${shared}errors/reelway-error.ts')
    const logger = makeLogger({ projectId: 'p', service: 'web', version: 'v1', level: '${level}' })
    ${body}`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program])
  return (
    stdout
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((text): unknown => JSON.parse(text))
      // The library writes a line about itself first.
      .filter((value) => !JSON.stringify(value).includes('logging.googleapis.com/diagnostic'))
  )
}

const line = z.object({ severity: z.string(), message: z.string(), metadata: z.record(z.string(), z.unknown()) })

test('an error keeps its class, code, stack and causes', async () => {
  const [logged] = await linesOf(`
    const root = Object.assign(new TypeError('root'), { code: 'ECONNRESET', secret: 'x' })
    logger.error('failed', { jobId: 'j', err: reelwayError('not_ready', undefined, { cause: root }) })`)
  const { severity, message, metadata } = line.parse(logged)
  assert.deepEqual([severity, message, metadata.jobId], ['ERROR', 'failed', 'j'])
  const described = z
    .strictObject({
      name: z.literal('ReelwayError'),
      code: z.literal('not_ready'),
      message: z.string(),
      stack: z.string(),
      cause: z.strictObject({
        name: z.literal('TypeError'),
        code: z.literal('ECONNRESET'),
        message: z.literal('root'),
        stack: z.string(),
      }),
    })
    .parse(metadata.err)
  assert.match(described.stack, /\n\s+at /)
})

test('a token in the words of an error is not written', async () => {
  const logged = await linesOf(`
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl'
    logger.warn('refused', { err: new Error('Wrong recipient: ' + token, { cause: new Error(token) }) })`)
  const text = JSON.stringify(logged)
  assert.ok(!text.includes('eyJ'), text)
  assert.match(text, /Wrong recipient: \[token\]/)
})

test('a line that belongs to a request carries its id and its trace', async () => {
  const [inside, outside] = await linesOf(`
    runInContext('00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01', () => logger.info('inside'))
    logger.info('outside')`)
  const text = JSON.stringify(inside)
  assert.match(text, new RegExp(`"logging.googleapis.com/trace":"projects/p/traces/${'ab'.repeat(16)}"`))
  assert.match(text, new RegExp(`"logging.googleapis.com/spanId":"${'cd'.repeat(8)}"`))
  assert.match(text, /"requestId":"[0-9a-f-]{36}"/)
  assert.doesNotMatch(JSON.stringify(outside), /requestId|trace"/)
})

test("a line says whether its trace is sampled, as the request's traceparent does", async () => {
  const parent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}`
  const logged = await linesOf(`
    runInContext('${parent}-01', () => logger.info('sampled'))
    runInContext('${parent}-00', () => logger.info('not sampled'))`)
  const sampled = z.object({ message: z.string(), 'logging.googleapis.com/trace_sampled': z.boolean() })
  assert.deepEqual(
    logged.map((it) => sampled.parse(it)),
    [
      { message: 'sampled', 'logging.googleapis.com/trace_sampled': true },
      { message: 'not sampled', 'logging.googleapis.com/trace_sampled': false },
    ],
  )
})

test('what is less severe than the level is not written', async () => {
  assert.deepEqual(await linesOf(`logger.info('no'); logger.debug('no')`, 'warn'), [])
})
