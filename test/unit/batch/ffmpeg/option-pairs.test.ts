import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import { type EncodePlan, encodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { partReading } from '@reelway/batch/transcode/part-reading.ts'
import type { OptionName } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset, VideoPreset } from '@reelway/shared/presets/schema.ts'
import { someFacts } from '../probe/some-facts.ts'
import { pairsOf, sampleOf } from './option-samples.ts'

const URL = 'http://127.0.0.1:8099/secret'
const assetUrls = { intro: URL, outro: URL, watermark: URL }
const files = {
  ...{ sourceUrl: URL, assetUrls, logoPath: '/app/logo.png', outputPath: '/tmp/job/result', threads: 2 },
  outputLimitBytes: 2_000_000_000,
}
const limits = { partBudgetSeconds: 480, wholeBudgetSeconds: 4800, cores: 2, costFactor: 1, sourceBytes: 1 }

const hasPicture = (preset: Preset): preset is VideoPreset => preset.video !== null
const videoPresets = Object.values<Preset>(presets).filter(hasPicture)

/** The plan of a task, as it is when it has been stored and read back. */
const planOf = (preset: VideoPreset, names: readonly OptionName[]): EncodePlan => {
  const { options, assets } = sampleOf(names)
  const planned = planTranscode(someFacts({ tags: { title: 'Flight' } }), preset, options, limits, assets)
  assert.ok(planned.kind === 'planned', JSON.stringify(planned))
  const { audio } = planned.plan
  // Which gain that is, is measured before.
  const gained = options.loudness === undefined || audio === null ? audio : { ...audio, gainDb: -3.21 }
  return encodePlan.parse(JSON.parse(JSON.stringify({ ...planned.plan, audio: gained })))
}

/** Each label of a graph is made once and used once, every input that it names is there, and every filter has a name. */
const assertConnected = (graph: string, inputs: number, ends: string[]) => {
  const made: string[] = []
  const used: string[] = []
  for (const chain of graph.split(';')) {
    const parts = /^((?:\[[^\]]+\])*)([^[].*?)((?:\[[^\]]+\])+)$/.exec(chain)
    assert.ok(parts, `a chain with filters that leads somewhere: ${chain}`)
    const labels = (text = '') => [...text.matchAll(/\[([^\]]+)\]/g)].map(([, label = '']) => label)
    used.push(...labels(parts[1]))
    made.push(...labels(parts[3]))
    assert.doesNotMatch(`,${parts[2]},`, /,,|undefined|NaN|\bnull\b|\[object/, chain)
  }
  for (const label of used.filter((name) => /^\d+:/.test(name))) {
    assert.ok(Number.parseInt(label, 10) < inputs, `${label} of ${inputs} inputs in ${graph}`)
  }
  const own = used.filter((name) => !/^\d+:/.test(name))
  assert.deepEqual([...own, ...ends].sort(), made.sort(), graph)
}

const assertWellFormed = (argv: readonly string[]) => {
  for (const argument of argv) assert.ok(typeof argument === 'string' && !/undefined|NaN/.test(argument), argument)
  const graphs = argv.filter((_, index) => argv[index - 1] === '-filter_complex')
  const inputs = argv.filter((argument) => argument === '-i').length
  const mapped = argv.filter((argument, index) => argv[index - 1] === '-map' && argument.startsWith('['))
  const ends = mapped.map((label) => label.slice(1, -1))
  const [first] = graphs
  // The sizes of a stream come out of one graph.
  if (first !== undefined && graphs.length === 1) return assertConnected(first, inputs, ends)
  assert.equal(graphs.length, ends.length)
  for (const [index, graph] of graphs.entries()) assertConnected(graph, inputs, [ends[index] ?? ''])
}

/** The first and the last of each leg of the picture, and of the sound. */
const partsOf = (plan: EncodePlan) => {
  const { intro, body, total } = plan.frames
  const borders = [...new Set([0, intro, intro + Math.floor(body / 2), intro + body, total])]
  const picture = borders
    .slice(1)
    .map((end, index) => ({ stream: 'picture' as const, start: borders[index] ?? 0, end }))
  const packets = plan.audio === null ? 0 : countSoundPackets(plan.audio)
  const half = Math.floor(packets / 2)
  const sound = [
    { stream: 'sound' as const, start: 0, end: half },
    { stream: 'sound' as const, start: half, end: packets },
  ]
  return [...picture, ...(plan.audio === null ? [] : sound)].map((part) => ({ ...part, weight: 0.1 }))
}

suite('every two options together', () => {
  for (const preset of videoPresets) {
    test(`give a well-formed argv with ${preset.name}, whole, entered anywhere, and in parts`, () => {
      for (const names of pairsOf(preset.accepts)) {
        const plan = planOf(preset, names)
        // A stream is made in parts only.
        if (plan.renditions === null) {
          assertWellFormed(ffmpegArgs(plan, files))
          assertWellFormed(ffmpegArgs(plan, files, 3))
        }
        assert.equal((plan.canvas.width % 2) + (plan.canvas.height % 2), 0, names.join(' and '))
        if (!plan.partable) continue
        for (const part of partsOf(plan)) {
          const reading = partReading(plan, part, assetUrls)
          for (const entry of reading.entryPoints) assertWellFormed(reading.argvAt(entry, files))
        }
      }
    })
  }

  test('each change what is made: the plans of two options differ, and from that of none', () => {
    for (const preset of videoPresets) {
      const plans = [[], ...preset.accepts.map((name) => [name])].map((names) => JSON.stringify(planOf(preset, names)))
      assert.equal(new Set(plans).size, plans.length, preset.name)
    }
  })
})
