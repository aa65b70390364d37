import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { convertSound } from './convert-sound.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeWhole, wholePlan } from './encode-parts.ts'

/** The highest sample of each channel, in dB of the full scale. */
const peaksOf = async (path: string): Promise<number[]> => {
  const filter = 'astats=measure_overall=none:measure_perchannel=Peak_level'
  const argv = ['-nostdin', '-hide_banner', '-i', path, '-map', '0:a:0', '-af', filter, '-f', 'null', '-']
  const { stderr } = await promisify(execFile)((await binaries).ffmpeg, argv)
  return [...stderr.matchAll(/Peak level dB: (\S+)/g)].map(([, level]) => Number(level))
}

const near = (found: readonly number[], wanted: readonly number[], toleranceDb: number) =>
  assert.ok(
    found.length === wanted.length && found.every((peak, index) => Math.abs(peak - (wanted[index] ?? 0)) < toleranceDb),
    `${found.join(', ')} dB instead of ${wanted.join(', ')}`,
  )

// A voice of half the full scale in the centre, 3 dB lower in both.
const VOICE_DB = 20 * Math.log10(0.5) - 3

for (const source of ['sound-5-1', 'sound-5-1-flac', 'sound-5-1-side', 'sound-7-1', 'sound-six'] as const) {
  test(`a voice in the centre of ${source} is heard in both channels at its level`, async () => {
    await using folder = await temporaryFolder()
    await using served = await serveFile(await makeVideo(source))
    const path = await encodeWhole(await wholePlan(served.url, mp4720p), served.url, folder.path)
    near(await peaksOf(path), [VOICE_DB, VOICE_DB], 0.7)
  })
}

test('what is loud in all six channels at a time is not too loud in two', async () => {
  await using conversion = await convertSound('recording-loud-5-1', 'mp3')
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  for (const peak of await peaksOf(conversion.outputPath)) assert.ok(peak > -3 && peak < -0.3, `${peak} dB`)
})

test('flac keeps every channel as loud as it is', async () => {
  await using conversion = await convertSound('recording-loud-5-1', 'flac')
  near(
    await peaksOf(conversion.outputPath),
    Array.from({ length: 6 }, () => -1.94),
    0.1,
  )
})
