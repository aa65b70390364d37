import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { lookAt, loudnessBetween } from './convert-video.ts'
import { copyVideo } from './copy-video.ts'
import { framesOf, soundPacketsOf } from './encode-parts.ts'
import { packetsOf, timesOf } from './times-of.ts'

const copied: readonly (readonly [VideoName, VideoPreset])[] = [
  ['already-right', mp4720p],
  ['already-right-fast', mp4720p],
  ['already-right-mov', mp4720p],
  ['already-right-mkv', mp4720p],
  ['already-right-ts', mp4720p],
  ['already-right-flv', mp4720p],
  ['right-uneven', mp4720p],
  ['right-open-gop', mp4720p],
  ['right-picture-mute', mp4720p],
  ['already-right-webm', webm720p],
]

suite('copies instead of encodes', { concurrency: 2 }, () => {
  for (const [name, preset] of copied) {
    test(`${preset.name} of ${name} has its frames and its sound at the same times`, async () => {
      await using copying = await copyVideo(name, preset)
      const { result, sourcePath, outputPath } = copying
      assert.equal(result.kind, 'copied', JSON.stringify(result))
      assert.deepEqual(await framesOf(outputPath), await framesOf(sourcePath))
      const [frames, sourceFrames] = [await timesOf(outputPath, 'v'), await timesOf(sourcePath, 'v')]
      assert.equal(frames.length, sourceFrames.length)
      const first = frames[0] ?? Number.NaN
      assert.ok(first >= 0 && first < 0.1, `its picture begins at ${first} s`)
      // The clock of a source may begin anywhere, but it is the same for picture and sound.
      const shift = first - (sourceFrames[0] ?? 0)
      const [sound, sourceSound] = [await timesOf(outputPath, 'a'), await timesOf(sourcePath, 'a')]
      assert.ok(sourceSound.length - sound.length <= 4, 'only sound after the end of the picture is cut off')
      for (const [found, source] of [
        [frames, sourceFrames],
        [sound, sourceSound],
      ]) {
        const late = (found ?? []).map((time, index) => time - shift - (source?.[index] ?? 0))
        const latest = Math.max(0, ...late.map(Math.abs))
        // ffmpeg 5.1 forgets the 6.5 ms that Opus decodes before it is heard, when it copies from webm to webm.
        assert.ok(latest < (preset === webm720p ? 0.0075 : 0.0021), `a packet is ${latest} s from its place`)
      }
      const { video } = await lookAt(outputPath)
      assert.equal(video?.color_space, 'bt709')
      if (preset !== mp4720p) return
      const bytes = await readFile(outputPath)
      assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'), 'it begins with its index')
    })
  }

  test('the packets of an mp4 are byte for byte those of the source, picture and sound', async () => {
    await using copying = await copyVideo('already-right', mp4720p)
    const { sourcePath, outputPath } = copying
    assert.deepEqual(await packetsOf(outputPath, 'v'), await packetsOf(sourcePath, 'v'))
    assert.deepEqual(await soundPacketsOf(outputPath), await soundPacketsOf(sourcePath))
  })

  for (const [name, seconds] of [
    ['right-picture', 4],
    ['right-late-sound', 4],
  ] as const) {
    test(`only the sound of ${name} is encoded, and it is as long as the picture`, async () => {
      await using copying = await copyVideo(name, mp4720p)
      const { result, copy, sourcePath, outputPath } = copying
      assert.equal(result.kind, 'copied', JSON.stringify(result))
      assert.equal(copy?.sound.kind, 'encoded')
      assert.deepEqual(await framesOf(outputPath), await framesOf(sourcePath))
      const { audio, durationSeconds } = await lookAt(outputPath)
      assert.equal(audio?.codec_name, 'aac')
      assert.ok(Math.abs(durationSeconds - seconds) < 0.05, `${durationSeconds} s`)
      assert.ok((await loudnessBetween(outputPath, 1.7, 3)) > -20)
      const early = await loudnessBetween(outputPath, 0.1, 1.3)
      assert.ok(name === 'right-late-sound' ? early < -60 : early > -20, `${early} dB at the beginning`)
    })
  }

  test('sound that goes on after the picture ends with it', async () => {
    await using copying = await copyVideo('right-long-sound', mp4720p)
    assert.equal(copying.result.kind, 'copied', JSON.stringify(copying.result))
    assert.ok(Math.abs((await lookAt(copying.outputPath)).durationSeconds - 3) < 0.05)
  })

  test('sound that is not wanted is left out', async () => {
    await using copying = await copyVideo('already-right', mp4720p, { mute: true })
    assert.equal(copying.result.kind, 'copied', JSON.stringify(copying.result))
    assert.equal((await lookAt(copying.outputPath)).audio, undefined)
  })

  const unsuited: readonly (readonly [VideoName, reason: RegExp, preset?: VideoPreset])[] = [
    ['right-rare-keys', /key frames are too far apart/],
    ['right-edited', /not to be shown/],
    ['right-camera-data', /data of its camera/],
    ['right-then-small-ts', /non positive size/],
    ['right-then-small-mkv', /non positive size/],
    ['right-then-small-mp4', /non positive size/],
    ['right-then-level', /form of its picture changes/],
    ['right-then-small-webm', /non positive size/, webm720p],
    ['right-cut', /damaged/],
    ['right-cut-mkv', /ends before its end/],
  ]
  for (const [name, reason, preset = mp4720p] of unsuited) {
    test(`${name} turns out to need an encode`, async () => {
      await using copying = await copyVideo(name, preset)
      const { result } = copying
      assert.equal(result.kind, 'unsuited', JSON.stringify(result))
      assert.match('reason' in result ? result.reason : '', reason)
    })
  }

  test('a VP9 picture of the full range is encoded: the container of a copy would say that its black is 16', async () => {
    await using copying = await copyVideo('right-full-range', webm720p)
    assert.deepEqual(copying.result, { kind: 'encode', reason: 'its colours are of the full range' })
  })

  test('data of a camera is copied when its owner wants to keep where a video was taken', async () => {
    await using copying = await copyVideo('right-camera-data', mp4720p, { metadata: 'keep-location' })
    assert.equal(copying.result.kind, 'copied', JSON.stringify(copying.result))
    assert.ok((await readFile(copying.outputPath)).includes('MDPM48.8577'))
  })
})

suite('trims at key frames', { concurrency: 2 }, () => {
  const trim = { startSeconds: 2, endSeconds: 4.5, atKeyframes: true }
  for (const [name, keySeconds] of [
    ['already-right', 1.5],
    // Its clock begins with what the decoder of the sound needs before the first frame.
    ['already-right-mkv', 1.521],
  ] as const) {
    test(`${name} from 2 s begins at the key frame at ${keySeconds} s, in step`, async () => {
      await using copying = await copyVideo(name, mp4720p, { trim })
      const { result, sourcePath, outputPath } = copying
      assert.equal(result.kind, 'copied', JSON.stringify(result))
      if (result.kind !== 'copied') return
      assert.ok(Math.abs(result.firstFrameSeconds - keySeconds) < 0.002, `begins at ${result.firstFrameSeconds} s`)
      const frames = await framesOf(sourcePath)
      const found = await framesOf(outputPath)
      // The frames before the end, and at most those that they need.
      assert.ok(found.length >= 90 && found.length <= 93, `${found.length} frames`)
      assert.deepEqual(found.slice(0, 90), frames.slice(45, 135))
      assert.ok(Math.abs((await timesOf(outputPath, 'v'))[0] ?? 1) < 0.0015)
      const { durationSeconds } = await lookAt(outputPath)
      assert.ok(durationSeconds > 2.98 && durationSeconds < 3.15, `${durationSeconds} s`)
      // The packet of sound that is heard 1 s after the start is the one of 2.5 s.
      const soundAt = async (path: string, seconds: number) => {
        const [times, packets] = [await timesOf(path, 'a'), await soundPacketsOf(path)]
        const index = times.findIndex((time) => time >= seconds - 0.001)
        return { packet: packets[index], late: (times[index] ?? 0) - seconds }
      }
      const [heard, expected] = [await soundAt(outputPath, 1), await soundAt(sourcePath, 1 + result.firstFrameSeconds)]
      assert.equal(heard.packet, expected.packet)
      assert.ok(Math.abs(heard.late - expected.late) < 0.002, `${heard.late} s, ${expected.late} s`)
    })
  }

  test('a trim is encoded when frames before its key frame are shown after it is decoded', async () => {
    await using copying = await copyVideo('right-open-gop', mp4720p, { trim })
    assert.equal(copying.result.kind, 'unsuited')
    assert.match('reason' in copying.result ? copying.result.reason : '', /before its first key frame/)
  })

  test('a trim to the frame is encoded', async () => {
    await using copying = await copyVideo('already-right', mp4720p, { trim: { ...trim, atKeyframes: false } })
    assert.deepEqual(copying.result, { kind: 'encode', reason: 'the option trim needs an encode' })
  })
})
