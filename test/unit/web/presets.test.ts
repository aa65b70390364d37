import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { optionNames } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { describePreset } from '@reelway/web/presets/describe-preset.ts'
import { describeOption } from '@reelway/web/presets/list-presets.ts'
import { presetSchema } from '@reelway/web/presets/preset-schema.ts'
import { z } from 'zod'

const described = Object.values<Preset>(presets).map((preset) => describePreset(preset))
const named = (name: string) => {
  const found = described.find((preset) => preset.name === name)
  assert.ok(found)
  return found
}

describe('a described preset', () => {
  for (const preset of described) {
    test(`${preset.name} fits its schema, and expects something`, () => {
      assert.deepEqual(presetSchema.parse(preset), preset)
      assert.ok(preset.expected.sizeBytes > 1_000 && preset.expected.sizeBytes < 1e9, String(preset.expected.sizeBytes))
      assert.ok(preset.expected.conversionSeconds > 0)
    })
  }

  test('tells what kind of file it makes, of which codecs, and how large that may be', () => {
    const { kind, videoCodec, audioCodec, limits } = named('mp4-720p')
    assert.deepEqual([kind, videoCodec, audioCodec], ['video', 'h264', 'aac'])
    assert.deepEqual(limits, {
      sourceSeconds: 43_200,
      usedSeconds: null,
      size: { shortSide: 720, longSide: 1280 },
      framesPerSecond: { min: 1, max: 60 },
    })
    assert.deepEqual([named('gif').kind, named('gif').audioCodec], ['animation', null])
    assert.deepEqual([named('hls').kind, named('webp').kind, named('m4a').kind], ['video', 'animation', 'sound'])
    assert.deepEqual([named('poster').kind, named('poster').limits.framesPerSecond], ['picture', null])
    assert.deepEqual(
      [named('league').limits.size, named('league').limits.usedSeconds],
      [{ width: 640, height: 360 }, 18],
    )
  })

  test('expects less of what is smaller, shorter or of a better codec', () => {
    const sizes = ['mp4-1080p', 'hevc-1080p', 'mp4-720p', 'av1-mp4-720p', 'mp4-360p', 'league', 'poster'].map(
      (name) => named(name).expected.sizeBytes,
    )
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => b - a),
    )
    assert.equal(
      named('mp4-2160p').expected.sizeBytes,
      named('mp4-1080p').expected.sizeBytes,
      'no source becomes larger',
    )
  })
})

test('a stream is expected to be as large as all of its sizes, with its sound once', () => {
  const [stream, largest] = [named('hls').expected, named('mp4-1080p').expected]
  // 1080p, 720p and 480p by their pixels, 360p and 240p by the limits of their rates; to two digits.
  const megabits = 60 * (6.09 + 3.32 + 1.81 + 1 + 0.45 + 0.128)
  assert.ok(Math.abs(stream.sizeBytes / 1e6 / (megabits / 8) - 1) < 0.06, `${stream.sizeBytes} bytes`)
  assert.ok(stream.conversionSeconds > largest.conversionSeconds * 1.3, `${stream.conversionSeconds} s`)
})

describe('the schema of an option', () => {
  const property = z.object({ description: z.string().optional(), default: z.unknown().optional() })
  const schema = z.object({ description: z.string(), properties: z.record(z.string(), property).optional() })

  for (const name of optionNames) {
    test(`of ${name} says what it does`, () => {
      assert.match(schema.parse(describeOption(name)).description, /^\S.*\.$/)
    })
  }

  test('has the defaults and the limits that are applied', () => {
    const { properties } = schema.parse(describeOption('watermark'))
    assert.deepEqual([properties?.position?.default, properties?.size?.default], ['bottom-right', 0.15])
    assert.deepEqual(z.object({ required: z.array(z.string()) }).parse(describeOption('watermark')).required, ['asset'])
    assert.deepEqual(z.object({ enum: z.array(z.string()) }).parse(describeOption('flip')).enum, [
      'horizontal',
      'vertical',
    ])
  })
})
