import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidBy } from '../../support/said-by.ts'
import { convertSound } from './convert-sound.ts'
import { binaries } from './convert-video.ts'

const PRESETS = ['m4a', 'mp3', 'opus', 'flac'] as const

for (const preset of PRESETS) {
  test(`${preset} says nothing of its source unless it is asked to`, async () => {
    await using conversion = await convertSound('recording-says-much', preset)
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    const { whole, tracks, bytes } = await saidBy((await binaries).ffprobe, conversion.outputPath)
    assert.deepEqual([whole, ...tracks], [{}, {}])
    assert.doesNotMatch(bytes, /48\.8577|Ana|Walks|A song/)
  })

  test(`${preset} keeps title, artist, album and track when it is asked to, and not where it was made`, async () => {
    await using conversion = await convertSound('recording-says-much', preset, { metadata: 'keep' })
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    const { whole, tracks, bytes } = await saidBy((await binaries).ffprobe, conversion.outputPath)
    assert.deepEqual(
      { ...whole, ...tracks[0] },
      { title: 'A song = "x"; -y', artist: 'Ana', album: 'Walks', track: '3' },
    )
    assert.doesNotMatch(bytes, /48\.8577/)
  })
}
