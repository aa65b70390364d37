import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  Input,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WavOutputFormat,
} from 'mediabunny'
import { readFacts } from '../../../../../services/web/page/probe/read-facts.ts'

test('a Matroska file in which no picture is found is not said to have none: a compressed track is left out', async () => {
  const { hasPicture, hasSound } = await readFacts(await recording(new MkvOutputFormat(), 'opus'))
  assert.deepEqual([hasPicture, hasSound], [null, true])
})

test('of MP4 every track is found: without one for pictures it has none', async () => {
  const { hasPicture, hasSound } = await readFacts(await recording(new Mp4OutputFormat(), 'opus'))
  assert.deepEqual([hasPicture, hasSound], [false, true])
})

test('a file for sound has no picture', async () => {
  const { hasPicture, hasSound } = await readFacts(await recording(new WavOutputFormat(), 'pcm-s16'))
  assert.deepEqual([hasPicture, hasSound], [false, true])
})

/** A tenth of a second of sound. */
const recording = async (format: OutputFormat, codec: 'opus' | 'pcm-s16'): Promise<Input> => {
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = { codec, sampleRate: 48_000, numberOfChannels: 2 }
  await source.add(new EncodedPacket(new Uint8Array(19_200), 'key', 0, 0.1), { decoderConfig })
  await output.finalize()
  assert.ok(target.buffer)
  return new Input({ formats: ALL_FORMATS, source: new BufferSource(target.buffer) })
}
