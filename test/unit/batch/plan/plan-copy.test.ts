import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { type CopyDecision, planCopy } from '@reelway/batch/plan/plan-copy.ts'
import type { AudioFacts, SourceFacts, VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { optionNames, type TaskOptions } from '@reelway/shared/options/task-options.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { someFacts } from '../probe/some-facts.ts'

const rate = { num: 30, den: 1 }
/** What mp4-720p would make: 720p30 of 3 Mb/s. */
const right: Partial<VideoFacts> = {
  ...{
    codedWidth: 1280,
    codedHeight: 720,
    displayWidth: 1280,
    displayHeight: 720,
    level: 31,
    bitsPerSecond: 3_000_000,
  },
  ...{ averageFrameRate: rate, baseFrameRate: rate, colourSpace: 'bt709', colourTransfer: 'bt709' },
}

type Case = {
  video?: Partial<VideoFacts>
  audio?: Partial<AudioFacts> | null
  container?: string
  options?: TaskOptions
  preset?: VideoPreset
  sourceBytes?: number
}

const decide = ({
  video,
  audio,
  container,
  options = {},
  preset = mp4720p,
  sourceBytes = 24_000_000,
}: Case = {}): CopyDecision => {
  const basis = someFacts({ video: { ...right, ...video }, ...(audio !== undefined && { audio }) })
  const facts = { ...basis, container: container ?? basis.container }
  const budgets = { partBudgetSeconds: 480, wholeBudgetSeconds: 480, cores: 2, costFactor: 1 }
  const planned = planTranscode(facts, preset, options, { ...budgets, sourceBytes })
  if (planned.kind !== 'planned') throw new Error(planned.code)
  return planCopy({ facts, preset, options, plan: planned.plan, sourceBytes, limitBytes: 2_000_000_000 })
}

const reasonOf = (changes: Case): string => {
  const decided = decide(changes)
  return decided.kind === 'encode' ? decided.reason : 'copied'
}

const soundOf = (changes: Case): string => {
  const decided = decide(changes)
  return decided.kind === 'copy' ? decided.copy.sound.kind : decided.reason
}

test('a source that is what the preset makes is copied, all of it', () => {
  assert.deepEqual(decide(), {
    kind: 'copy',
    copy: {
      ...{ container: mp4720p.container, videoIndex: 0, videoCodec: 'h264', width: 1280, height: 720 },
      sound: { kind: 'copied', index: 1, codec: 'aac' },
      ...{ fromSeconds: null, endSeconds: 60, mayTellAll: false, sizeBytes: 24_000_000 },
    },
  })
})

test('a picture that an encode would change is encoded', () => {
  const sized = (width: number, height: number) => ({
    ...{ codedWidth: width, codedHeight: height, displayWidth: width, displayHeight: height },
  })
  const cases: readonly (readonly [Partial<VideoFacts>, RegExp])[] = [
    [{ codec: 'hevc' }, /codec/],
    [{ profile: 'High 10' }, /codec/],
    [{ profile: 'Extended' }, /codec/],
    [{ level: 51 }, /codec/],
    [{ codecTag: 'avc3' }, /codec/],
    [{ fieldOrder: 'tt' }, /codec/],
    [{ fieldOrder: null }, /codec/],
    [{ pixelFormat: 'yuvj420p' }, /pixels/],
    [{ pixelFormat: 'yuv420p10le' }, /pixels/],
    [{ colourTransfer: 'arib-std-b67' }, /colours/],
    [{ colourRange: 'pc' }, /full range/],
    [{ colourSpace: 'smpte170m' }, /colours/],
    [{ colourPrimaries: 'bt2020' }, /colours/],
    [{ rotationDegrees: 180 }, /turned/],
    [{ sampleAspectRatio: { num: 4, den: 3 }, displayWidth: 1707 }, /square/],
    [sized(1920, 1080), /size/],
    [sized(641, 359), /size/],
    [{ averageFrameRate: { num: 120, den: 1 }, baseFrameRate: { num: 120, den: 1 } }, /frames a second/],
    [{ startSeconds: 0.5 }, /late/],
    [{ bitsPerSecond: 6_000_000 }, /bits/],
    [{ endKnownFrom: 'sound' }, /until its sound ends/],
  ]
  for (const [video, reason] of cases) assert.match(reasonOf({ video }), reason, JSON.stringify(video))
})

test('small pictures may have more bits for each pixel than large ones', () => {
  const small = { codedWidth: 320, codedHeight: 180, displayWidth: 320, displayHeight: 180, colourSpace: 'bt709' }
  assert.equal(reasonOf({ video: { ...small, bitsPerSecond: 480_000 } }), 'copied')
  assert.match(reasonOf({ video: { ...small, bitsPerSecond: 520_000 } }), /bits/)
})

test('bits count by the file when nobody says how many the picture has', () => {
  assert.equal(reasonOf({ video: { bitsPerSecond: null }, sourceBytes: 29_000_000 }), 'copied')
  assert.match(reasonOf({ video: { bitsPerSecond: null }, sourceBytes: 31_000_000 }), /bits/)
})

test('who asks for a small file gets one, and who asks for the best picture the one that there is', () => {
  const video = { bitsPerSecond: 9_000_000 }
  assert.equal(reasonOf({ options: { quality: 'standard' } }), 'copied')
  assert.match(reasonOf({ options: { quality: 'small' } }), /quality/)
  assert.match(reasonOf({ options: { quality: 'smallest' } }), /quality/)
  assert.match(reasonOf({ video, options: { quality: 'high' } }), /bits/)
  assert.equal(reasonOf({ video, options: { quality: 'best' } }), 'copied')
})

test('what is larger than the disk is encoded', () => {
  const video = { bitsPerSecond: 3_000_000, endSeconds: 6000 }
  assert.match(reasonOf({ video, sourceBytes: 2_100_000_000 }), /disk/)
})

test('sound that is not as good is encoded by itself', () => {
  for (const audio of [
    { codec: 'mp3' },
    { profile: 'HE-AAC' },
    { channels: 6 },
    { sampleRateHz: 22_050 },
    { bitsPerSecond: 320_000 },
    { startSeconds: 0.7 },
  ]) {
    assert.equal(soundOf({ audio }), 'encoded', JSON.stringify(audio))
  }
  assert.equal(soundOf({ audio: { sampleRateHz: 44_100, channels: 1, bitsPerSecond: null } }), 'copied')
  assert.equal(soundOf({ audio: null }), 'none')
  assert.equal(soundOf({ options: { mute: true } }), 'none')
})

test('a trim is a copy only at key frames, of what lists them, with its sound', () => {
  const trim = { startSeconds: 10, durationSeconds: 5, atKeyframes: true }
  const decided = decide({ options: { trim } })
  assert.equal(decided.kind, 'copy')
  if (decided.kind !== 'copy') return
  const { fromSeconds, endSeconds, sizeBytes } = decided.copy
  assert.deepEqual([fromSeconds, endSeconds, sizeBytes], [10, 15, 2_000_000])
  assert.match(reasonOf({ options: { trim: { ...trim, atKeyframes: false } } }), /option trim/)
  assert.match(reasonOf({ options: { trim }, container: 'mpegts' }), /key frames/)
  assert.match(reasonOf({ options: { trim }, audio: { codec: 'mp3' } }), /sound/)
})

test('every option that is not known to leave packets alone needs an encode', () => {
  const asset = '6f2f0c2e-7d4e-4c43-9f0e-1f6e1f9d6a11'
  const needed: TaskOptions = {
    ...{
      rotate: 90,
      flip: 'vertical',
      crop: { x: 0, y: 0, width: 100, height: 100 },
      loudness: { integratedLufs: -16, truePeakDb: -1 },
    },
    fit: { mode: 'contain', width: 1280, height: 720, align: 'centre', background: '#000000' },
    ...{
      intro: { asset },
      outro: { asset },
      watermark: { asset, position: 'centre', opacity: 1, size: 0.1, margin: 0 },
    },
  }
  const copied = ['trim', 'maxFrameRate', 'quality', 'mute', 'metadata']
  assert.deepEqual(
    optionNames.filter((name) => !copied.includes(name)).toSorted(),
    Object.keys(needed).toSorted(),
    'a new option: decide whether packets can be copied with it',
  )
  const facts = someFacts({ video: right })
  const plan = decidedPlan(facts)
  for (const [name, value] of Object.entries(needed)) {
    const options = { [name]: value }
    const decided = planCopy({ facts, preset: mp4720p, options, plan, sourceBytes: 1, limitBytes: 10 })
    assert.deepEqual(decided, { kind: 'encode', reason: `the option ${name} needs an encode` })
  }
})

const decidedPlan = (facts: SourceFacts) => {
  const budgets = { partBudgetSeconds: 480, wholeBudgetSeconds: 480, cores: 2, costFactor: 1, sourceBytes: 1 }
  const planned = planTranscode(facts, mp4720p, {}, budgets)
  if (planned.kind !== 'planned') throw new Error(planned.code)
  return planned.plan
}

test('a league clip is never copied, and a webm only from VP9 and Opus', () => {
  assert.match(reasonOf({ preset: league }), /always encodes/)
  assert.match(reasonOf({ preset: webm720p }), /codec/)
  const vp9 = { codec: 'vp9', profile: 'Profile 0', level: null, fieldOrder: null, bitsPerSecond: null }
  assert.equal(
    soundOf({ preset: webm720p, video: vp9, audio: { codec: 'opus', profile: null }, sourceBytes: 20_000_000 }),
    'copied',
  )
  assert.equal(soundOf({ preset: webm720p, video: vp9, sourceBytes: 20_000_000 }), 'encoded')
})
