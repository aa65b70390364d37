import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { verifyOutput } from '@reelway/batch/verify/verify.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { alignment, convertSound, samplesOf as decoded } from './convert-sound.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, rangesOf, wholePlan } from './encode-parts.ts'
import { adtsPacketsOf, samplesOf } from './join-adts.ts'
import { planServed, serveTask } from './serve-assets.ts'
import { soundOf } from './sound-of.ts'

const RATE_HZ = 48000
/** Packets that are missing where a format changes are no reason to hear all that comes then earlier. */
const GAPS = ':min_hard_comp=0.001'

for (const preset of [mp4720p, webm720p]) {
  test(`a broadcast whose sound becomes stereo in its middle is heard in step to its end in ${preset.name}`, async () => {
    await using folder = await temporaryFolder()
    await using served = await serveFile(await makeVideo('mono-then-stereo-ts'))
    const path = await encodeWhole(await wholePlan(served.url, preset), served.url, folder.path)
    await assertHeard(path, { changeSeconds: 4, endSeconds: 8 })
  })
}

test('so is a stretch of it', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('mono-then-stereo-ts'))
  const trim = { startSeconds: 2, atKeyframes: false }
  const path = await encodeWhole(await wholePlan(served.url, mp4720p, { trim }), served.url, folder.path)
  await assertHeard(path, { changeSeconds: 2, endSeconds: 6 })
})

test('so are its parts', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('mono-then-stereo-ts'))
  const plan = await wholePlan(served.url, mp4720p)
  assert.ok(plan.audio)
  const packets: Buffer[] = []
  // The change lies in the lead of the last, and in the part before it.
  for (const part of rangesOf('sound', [100, 200, countSoundPackets(plan.audio)])) {
    const { path, lead } = await encodeOne(plan, part, served.url, folder.path)
    packets.push(...(await adtsPacketsOf(path)).slice(lead, lead + part.end - part.start))
  }
  const samples = await samplesOf(packets)
  // The encoder begins a packet early.
  assertTones(Float32Array.from(samples.subarray(1024), Number), { changeSeconds: 4, endSeconds: 8 })
})

test('a sound that begins late and changes is preceded by silence once, and stays in step', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('late-then-stereo-ts'))
  const plan = await wholePlan(served.url, mp4720p)
  assert.ok(plan.audio)
  const path = await encodeWhole(plan, served.url, folder.path)
  await assertHeard(path, { beginsSeconds: 0.8, changeSeconds: 4, endSeconds: 8 })
  const packets: Buffer[] = []
  for (const part of rangesOf('sound', [20, 200, countSoundPackets(plan.audio)])) {
    const { path: partPath, lead } = await encodeOne(plan, part, served.url, folder.path)
    packets.push(...(await adtsPacketsOf(partPath)).slice(lead, lead + part.end - part.start))
  }
  const samples = Float32Array.from((await samplesOf(packets)).subarray(1024), Number)
  assertTones(samples, { beginsSeconds: 0.8, changeSeconds: 4, endSeconds: 8 })
})

test('packets of a sound that changes are all there, each as long as the others, so that its parts can be joined', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('late-then-stereo-ts'))
  const plan = await wholePlan(served.url, mp4720p)
  assert.ok(plan.audio)
  // The change lies in the last of them.
  for (const part of rangesOf('sound', [100, countSoundPackets(plan.audio)])) {
    const { path } = await encodeOne(plan, part, served.url, folder.path)
    const argv = ['-v', 'error', '-show_entries', 'packet=dts', '-of', 'csv=p=0', path]
    const { stdout } = await promisify(execFile)((await binaries).ffprobe, argv)
    const times = stdout.trim().split('\n').map(Number.parseFloat).filter(Number.isFinite)
    const steps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))
    assert.deepEqual([...steps], [1024])
  }
})

test('so is its sound alone', async () => {
  await using conversion = await convertSound('late-then-stereo-ts', 'mp3')
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  await assertHeard(conversion.outputPath, { beginsSeconds: 0.8, changeSeconds: 4, endSeconds: 8 })
})

for (const [what, source, own, beginsSeconds] of [
  [
    'pictures',
    'mono-then-stereo-ts',
    { intro: { of: 'title-png', seconds: 1 }, outro: { of: 'title-png', seconds: 1 } },
    1,
  ],
  ['pictures, before a late sound,', 'late-then-stereo-ts', { intro: { of: 'title-png', seconds: 1 } }, 1.8],
  [
    'a picture and a clip',
    'mono-then-stereo-ts',
    { intro: { of: 'title-png', seconds: 1 }, outro: { of: 'clip-after' } },
    1,
  ],
] as const) {
  test(`${what} before and after a sound that changes are heard once, and nothing of it moves`, async () => {
    await using folder = await temporaryFolder()
    await using task = await serveTask(source, own)
    const plan = await planServed(task, mp4720p)
    const { sourceUrl, assetUrls } = task
    const path = await encodeWhole(plan, sourceUrl, folder.path, { assetUrls })
    const samples = Float32Array.from(await soundOf(path), Number)
    const outroSeconds = 'outro' in own ? 1 : 0
    assert.ok(
      Math.abs(samples.length / RATE_HZ - 9 - outroSeconds) < TOLERANCE_SECONDS,
      `${samples.length / RATE_HZ} s`,
    )
    const body = samples.subarray(RATE_HZ, 9 * RATE_HZ)
    assertTones(body, { beginsSeconds: beginsSeconds - 1, changeSeconds: 4, endSeconds: 8 })
    for (const [place, from] of [['before', 0.1], ...(outroSeconds > 0 ? [['after', 9.1] as const] : [])] as const) {
      const heard = loudest(samples.subarray(Math.round(from * RATE_HZ), Math.round((from + 0.8) * RATE_HZ)))
      const isClip = place === 'after' && what === 'a picture and a clip'
      assert.ok(isClip ? heard > 3000 : heard < 30, `${place}: ${heard}`)
    }
  })
}

for (const [what, own, others] of [
  ['a clip before and a clip after', { intro: { of: 'clip-before', seconds: 1 }, outro: { of: 'clip-after' } }, {}],
  ['a clip before a trim', { intro: { of: 'clip-before' } }, { trim: { startSeconds: 2.04 } }],
  ['a picture before a trim', { intro: { of: 'title-png', seconds: 1 } }, { trim: { startSeconds: 2.04 } }],
] as const) {
  test(`${what} of a sound that changes leaves it in step to a frame, before the change and behind it`, async () => {
    await using folder = await temporaryFolder()
    await using task = await serveTask('noise-then-stereo-ts', own, others)
    const plan = await planServed(task, mp4720p)
    assert.ok(plan.audio)
    const path = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
    assertInStep(Float32Array.from(await soundOf(path, GAPS), Number), plan, await noises())
  })
}

test('parts of a sound that changes behind a clip are joined in step to a sample', async () => {
  await using folder = await temporaryFolder()
  await using task = await serveTask('noise-then-stereo-ts', { intro: { of: 'clip-before', seconds: 1 } })
  const plan = await planServed(task, mp4720p)
  assert.ok(plan.audio)
  const packets: Buffer[] = []
  // The clip ends in the first, the change lies in the lead of the last and in the one before.
  for (const part of rangesOf('sound', [100, 240, countSoundPackets(plan.audio)])) {
    const { path, lead } = await encodeOne(plan, part, task.sourceUrl, folder.path, task.assetUrls)
    packets.push(...(await adtsPacketsOf(path)).slice(lead, lead + part.end - part.start))
  }
  const samples = Float32Array.from((await samplesOf(packets)).subarray(1024), Number)
  assertInStep(samples, plan, await noises(), 1)
})

const noises = async () => ({
  first: await decoded(await makeVideo('mono-noise-ts')),
  second: await decoded(await makeVideo('stereo-noise-ts')),
})

/** Where the second of them begins in the two, in samples: what its file says (4.02 s), less what its encoder puts before it. */
const SECOND_BEGINS = Math.round(4.02 * RATE_HZ) - 481

const FRAME_SAMPLES = RATE_HZ / 25

const assertInStep = (
  samples: Float32Array,
  { audio, source }: EncodePlan,
  { first, second }: { first: Float32Array; second: Float32Array },
  tolerance = FRAME_SAMPLES,
) => {
  const body = samples.subarray(audio?.samples.intro)
  const skipped = Math.round(source.fromSeconds * RATE_HZ)
  for (const [what, original, begins, moment] of [
    ['before', first, -skipped, skipped + RATE_HZ],
    ['behind', second, SECOND_BEGINS - skipped, RATE_HZ / 4],
    ['at the end', second, SECOND_BEGINS - skipped, 3 * RATE_HZ],
  ] as const) {
    const most = FRAME_SAMPLES
    const stretch = { from: most, length: 2400, most }
    const there = body.subarray(begins + moment - most, begins + moment + 2 * most + 2400)
    const { lateBy, likeness } = alignment(original.subarray(moment - most), there, stretch)
    assert.ok(Math.abs(lateBy) <= tolerance && likeness > 0.9, `${what}: late by ${lateBy}, alike by ${likeness}`)
  }
}

for (const [source, preset] of [
  ['mono-then-stereo-ts', 'm4a'],
  ['mono-then-stereo-ts', 'mp3'],
  ['mono-then-stereo-mp3', 'm4a'],
  ['mono-then-stereo-mp3', 'opus'],
  ['mono-then-stereo-mp3', 'flac'],
] as const) {
  test(`${source} becomes ${preset} of the same sound`, async () => {
    await using conversion = await convertSound(source, preset)
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    await assertHeard(conversion.outputPath, { changeSeconds: 4, endSeconds: 8 })
  })
}

test('a result whose sound has more packets than it announces is not taken for what was planned', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('mono-then-stereo-ts'))
  const plan = await wholePlan(served.url, mp4720p)
  assert.ok(plan.audio)
  const path = await encodeWhole(plan, served.url, folder.path)
  const half = { ...plan, audio: { ...plan.audio, samples: { ...plan.audio.samples, body: 4 * RATE_HZ } } }
  const verdict = await verifyOutput(await binaries, path, half, new AbortController().signal)
  assert.equal(verdict.kind === 'rejected' && verdict.reason, 'packets of sound: found 376, planned 189')
})

// Two mp3s keep what their encoder put before and behind them where they are joined.
const TOLERANCE_SECONDS = 0.12

type Expected = { beginsSeconds?: number; changeSeconds: number; endSeconds: number }

const assertHeard = async (path: string, expected: Expected) =>
  assertTones(Float32Array.from(await soundOf(path), Number), expected)

/** Silence up to its beginning, a tone, silence for half a second from the change on, and a tone an octave higher up to the end. */
const assertTones = (samples: Float32Array, { beginsSeconds = 0, changeSeconds, endSeconds }: Expected) => {
  assert.ok(Math.abs(samples.length / RATE_HZ - endSeconds) < TOLERANCE_SECONDS, `${samples.length / RATE_HZ} s`)
  for (const [fromSeconds, hertz] of [
    [beginsSeconds + 0.5, 440],
    [changeSeconds - 1, 440],
    [changeSeconds + 1, 880],
    [endSeconds - 0.7, 880],
  ] as const) {
    assert.ok(Math.abs(frequencyAt(samples, fromSeconds) - hertz) < 10, `${frequencyAt(samples, fromSeconds)} Hz`)
  }
  const threshold = loudest(samples) / 4
  const begins = samples.findIndex((sample) => Math.abs(sample) > threshold / 2) / RATE_HZ
  assert.ok(Math.abs(begins - beginsSeconds) < TOLERANCE_SECONDS, `it begins after ${begins} s`)
  const silence = samples.subarray(Math.round((changeSeconds + 0.1) * RATE_HZ), samples.length)
  const onset = silence.findIndex((sample) => Math.abs(sample) > threshold) / RATE_HZ
  assert.ok(Math.abs(onset - 0.4) < TOLERANCE_SECONDS, `heard again after ${onset} s`)
}

const loudest = (samples: Float32Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

/** Of half a second of a tone: how often it rises through zero. */
const frequencyAt = (samples: Float32Array, fromSeconds: number): number => {
  const stretch = samples.subarray(Math.round(fromSeconds * RATE_HZ), Math.round((fromSeconds + 0.5) * RATE_HZ))
  return 2 * stretch.filter((sample, index) => sample >= 0 && (stretch[index - 1] ?? 0) < 0).length
}
