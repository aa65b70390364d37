import type { StackOptions } from '@reelway/local/stack-options.ts'
import { Client } from '../support/client.ts'
import { logEntries } from '../support/log-entries.ts'
import { startTestStack } from '../support/stack.ts'
import { makeVideo } from '../videos/make-video.ts'
import { median, reportRatio } from './report.ts'
import { secondsToResult } from './seconds-to-result.ts'

type Stack = Awaited<ReturnType<typeof startTestStack>>
type Place = { stack: Stack; client: Client }

/** Two minutes of 1080p to 720p on one thread: some parts with this ack deadline, and one with the real one of 600 s. */
const ACK_DEADLINE_SECONDS = 60
const PRESET = 'mp4-720p'

/**
 * A long video in parts: two batch processes of one thread against one, and one process against the run in one piece. Then, on
 * paper, a film of two hours on a hundred instances, from what the steps took here.
 */
export const benchLongVideo = async (rounds: number): Promise<void> => {
  const path = await makeVideo('full-hd-two-minutes')
  await using one = await startPlace({ batchInstances: 1, push: { ackDeadlineSeconds: ACK_DEADLINE_SECONDS } })
  await using two = await startPlace({ batchInstances: 2, push: { ackDeadlineSeconds: ACK_DEADLINE_SECONDS } })
  await using plain = await startPlace({ batchInstances: 1 })
  const seconds: { one: number; two: number; plain: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    seconds.push({
      two: await secondsToResult(two.client, path, PRESET),
      one: await secondsToResult(one.client, path, PRESET),
      plain: await secondsToResult(plain.client, path, PRESET),
    })
  }
  const pairs = (ours: 'one' | 'two', peer: 'one' | 'plain') =>
    seconds.map((round) => ({ ours: round[ours], peer: round[peer] }))
  reportRatio('long video: two batch processes / one', pairs('two', 'one'), 's', 0.6)
  reportRatio('long video: in parts / in one piece, one process', pairs('one', 'plain'), 's', 1.1)
  await reportFilm(two.stack.directory)
}

const startPlace = async (options: Partial<StackOptions>): Promise<Place & AsyncDisposable> => {
  const conversionsAtOnce = options.batchInstances ?? 1
  const stack = await startTestStack({ ...options, conversionsAtOnce, batchVariables: { FFMPEG_THREADS: '1' } })
  const client = await Client.signUp(stack.webUrl)
  return { stack, client, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() }
}

const FILM_SECONDS = 7200
const INSTANCES = 100
const SAMPLE_SECONDS = 120

/** The time of a film if each step takes what it took here, with the slowest part of as many as there are instances. */
const reportFilm = async (directory: string): Promise<void> => {
  const steps = await stepsOf(directory)
  const convert = median(steps.filter(({ kind }) => kind === 'convert').map(({ seconds }) => seconds))
  const parts = steps.filter(({ kind }) => kind === 'part')
  const assemble = median(steps.filter(({ kind }) => kind === 'assemble').map(({ seconds }) => seconds))
  const tasks = steps.filter(({ kind }) => kind === 'convert').length
  const encodeSecondsPerSecond = parts.reduce((sum, { seconds }) => sum + seconds, 0) / tasks / SAMPLE_SECONDS
  const encode = (FILM_SECONDS * encodeSecondsPerSecond) / INSTANCES
  const join = assemble * (FILM_SECONDS / SAMPLE_SECONDS)
  console.log(
    `on paper, a film of 2 h on ${INSTANCES} instances of one thread: plan ${convert.toFixed(1)} s, parts ${encode.toFixed(0)} s` +
      ` (${encodeSecondsPerSecond.toFixed(2)} s of encode for a second of film), join ${join.toFixed(0)} s` +
      ` (${assemble.toFixed(2)} s for ${SAMPLE_SECONDS} s here): about ${Math.ceil((convert + encode + join) / 60)} minutes`,
  )
}

/** How long each attempt took, by the kind of its job, from the log. */
const stepsOf = async (directory: string): Promise<{ kind: string; seconds: number }[]> =>
  (await logEntries(directory, 'batch'))
    .filter(({ jsonPayload }) => jsonPayload.message === 'attempt ended')
    .map(({ jsonPayload: { metadata } }) => ({ kind: String(metadata.kind), seconds: Number(metadata.seconds) }))
