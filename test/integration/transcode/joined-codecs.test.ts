import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { handOver } from '@reelway/batch/transcode/hand-over.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { type MuxPlace, openMuxPlace } from '../batch/mux-place.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, rangesOf, wholePlan } from './encode-parts.ts'
import { rowsInTurn } from './rows-in-turn.ts'

/** How much each frame of a file looks like the frame of another that is so many later: SSIM, 1 is identical. */
const likeness = async (path: string, other: string, later: number): Promise<number[]> => {
  const graph = `[0:v]settb=AVTB,setpts=N[a];[1:v]trim=start_frame=${later},settb=AVTB,setpts=N[b];[a][b]ssim=stats_file=-:shortest=1`
  const argv = ['-v', 'error', '-i', path, '-i', other, '-lavfi', graph, '-f', 'null', '/dev/null']
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv)
  return [...stdout.matchAll(/All:([\d.]+)/g)].map(([, all]) => Number(all))
}

const average = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

/** One preset of every codec and container. */
const NAMES = ['mp4-720p', 'hevc-1080p', 'webm-720p', 'av1-mp4-720p', 'av1-webm-720p'] as const

suite('parts of every codec', () => {
  let place: MuxPlace
  before(async () => {
    place = await openMuxPlace()
  })
  after(() => place.close())

  const joinInto = (name: string, plan: EncodePlan, parts: Awaited<ReturnType<MuxPlace['storePart']>>[]) =>
    place.joinInto(name, {
      container: plan.container.format,
      frameRate: plan.frameRate,
      canvas: plan.canvas,
      picture: parts.slice(0, -1),
      sound: parts.slice(-1),
      soundSamples: plan.audio?.samples.body ?? null,
    })

  for (const name of rowsInTurn(NAMES, 4)) {
    const preset: Preset = { ...presets[name], video: { ...presets[name].video, keyframeSeconds: 1 } }

    test(`parts of ${name} join to the frames and the sound of a run of the whole`, async () => {
      await using folder = await temporaryFolder()
      await using served = await serveFile(await makeVideo('counted-frames'))
      const plan = await wholePlan(served.url, preset)
      assert.ok(plan.audio !== null)
      const whole = await encodeWhole(plan, served.url, folder.path)
      const ranges = [
        ...rangesOf('picture', [30, 31, 75, plan.frames.body]),
        ...rangesOf('sound', [countSoundPackets(plan.audio)]),
      ]
      const parts = []
      for (const range of ranges) {
        const { path, lead } = await encodeOne(plan, range, served.url, folder.path)
        parts.push(await place.storePart(`${name}-${range.stream}-${range.start}`, path, range.end - range.start, lead))
      }
      await joinInto(name, plan, parts)
      const joined = place.pathOf(name)

      const timesOf = async (path: string, stream: 'v' | 'a') =>
        (await place.packetsAt(path, stream)).map(({ pts }) => Number(pts)).toSorted((a, b) => a - b)
      assert.deepEqual(await timesOf(joined, 'v'), await timesOf(whole, 'v'))
      assert.deepEqual(await timesOf(joined, 'a'), await timesOf(whole, 'a'))
      const alike = await likeness(joined, whole, 0)
      assert.equal(alike.length, plan.frames.body)
      for (const [frame, ssim] of alike.entries())
        assert.ok(ssim > 0.9, `frame ${frame} is like the whole's by ${ssim}`)
      for (const later of [1, 2]) assert.ok(average(await likeness(joined, whole, later)) < average(alike) - 0.01)

      const frames = await place.framesOf(name)
      for (const frame of [0, 29, 30, 31, 74, 75, 110]) {
        const seconds = Math.max(0, (frame * 1001) / 30_000 - 0.002)
        const [first] = await place.framesOf(name, '-ss', String(seconds))
        assert.equal(first, frames[frame], `after a seek to frame ${frame}`)
      }
    })

    test(`a whole of ${name} that was handed over, and the rest that is encoded later, join to all of its frames`, async () => {
      await using folder = await temporaryFolder()
      await using served = await serveFile(await makeVideo('counted-frames'))
      const plan = await wholePlan(served.url, preset)
      assert.ok(plan.audio !== null)
      const outputPath = await encodeWhole(plan, served.url, folder.path)
      const stopped = { binaries: await binaries, plan, outputPath, container: plan.container.format, encodeSeconds: 1 }
      const { signal } = new AbortController()
      const { kept } = await handOver({ ...stopped, signal }, { framesDone: 80, isClosed: true })
      assert.ok(kept > 0 && kept <= 80, `${kept} frames are kept`)
      const [, rest] = rangesOf('picture', [kept, plan.frames.body])
      const [sound] = rangesOf('sound', [countSoundPackets(plan.audio)])
      assert.ok(rest !== undefined && sound !== undefined)
      const parts = [await place.storePart(`${name}-kept`, outputPath, kept, 0)]
      for (const range of [rest, sound]) {
        const { path, lead } = await encodeOne(plan, range, served.url, folder.path)
        parts.push(await place.storePart(`${name}-rest-${range.stream}`, path, range.end - range.start, lead))
      }
      await joinInto(`${name}-again`, plan, parts)
      const frames = await place.framesOf(`${name}-again`)
      assert.equal(frames.length, plan.frames.body)
      assert.deepEqual(frames.slice(0, kept), (await place.framesOf(`${name}-kept`)).slice(0, kept))
      assert.deepEqual(frames.slice(kept), await place.framesOf(`${name}-rest-picture`))
    })
  }
})
