import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { makeVideo } from '../../../videos/make-video.ts'
import { type RecordingName, recordingRecipes } from '../../../videos/sources/recordings.ts'
import { alignment, convertSound, samplesOf } from '../convert-sound.ts'
import { rowsInTurn } from '../rows-in-turn.ts'

const RATE_HZ = 48000
// A source may say its end in packets, and a decoder begin with what is not heard.
const PACKET_SECONDS = 0.05
// Matroska counts from the first packet, of which Opus has 6.5 ms and Vorbis 3 that are not heard.
const MOST_PRIMING_SAMPLES = 0.0075 * RATE_HZ

const isRecording = (name: string): name is RecordingName => name in recordingRecipes

suite('sources: recordings', { concurrency: 2 }, () => {
  for (const name of rowsInTurn(Object.keys(recordingRecipes).filter(isRecording), 10)) {
    test(`${name} becomes flac of the same sound, at its moment, and as long`, async () => {
      await using conversion = await convertSound(name, 'flac')
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      const original = (await samplesOf(await makeVideo(name))).map((sample) => Math.max(-1, Math.min(1, sample)))
      const found = await samplesOf(conversion.outputPath)
      assert.ok(Math.abs(found.length / RATE_HZ - 2) < PACKET_SECONDS, `${found.length / RATE_HZ} s`)
      const { lateBy, likeness } = alignment(original, found, { from: 48000, length: 4800, most: 1200 })
      assert.ok(
        lateBy >= 0 && lateBy <= MOST_PRIMING_SAMPLES && likeness > 0.999,
        `late by ${lateBy}, alike by ${likeness}`,
      )
    })
  }
})
