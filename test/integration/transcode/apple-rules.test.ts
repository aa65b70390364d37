import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { hls } from '@reelway/shared/presets/hls.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { temporaryFolder } from './convert-video.ts'
import { makeStream } from './make-stream.ts'
import { type CmafRead, type FragmentRead, readFragments, unitTypes } from './read-fragments.ts'
import { type Playlist, type Range, readPlaylist } from './read-playlist.ts'
import { planServed, serveTask } from './serve-assets.ts'

/** Of two sizes, which a clip of 160x90 is large enough for. */
const preset: VideoPreset = {
  ...hls,
  ladder: [
    { name: 'large', maxShortSide: 90, maxLongSide: 160, maxBitsPerSecond: 400_000 },
    { name: 'small', maxShortSide: 44, maxLongSide: 80, maxBitsPerSecond: 150_000 },
  ],
}

type Track = { name: string; playlist: Playlist; keyFrames: Playlist | null; bytes: Buffer; file: CmafRead }

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)
const FRAME_SECONDS = 1001 / 30_000

/** The numbers are those of Apple's HLS authoring specification, of the edition of 2024. */
suite('a stream, by the rules of Apple', () => {
  let folder: AsyncDisposable & { path: string }
  let master: Playlist
  let video: Track[]
  let sound: Track

  const trackOf = async (name: string, isPicture: boolean): Promise<Track> => {
    const read = async (file: string) => readPlaylist(await readFile(join(folder.path, `${file}.m3u8`), 'utf8'))
    const bytes = await readFile(join(folder.path, `${name}.mp4`))
    const keyFrames = isPicture ? await read(`${name}-key-frames`) : null
    return { name, playlist: await read(name), keyFrames, bytes, file: readFragments(bytes) }
  }

  // 29.97 a second: 1.5 s of an intro, so that key frames do not come at equal distances, and 12 s of a body in two parts.
  before(async () => {
    folder = await temporaryFolder()
    await using task = await serveTask('titled', { intro: { of: 'title-png', seconds: 1.5 } }, { metadata: 'keep' })
    const plan = await planServed(task, preset)
    await makeStream(plan, task.sourceUrl, folder.path, { frames: [240], assetUrls: task.assetUrls })
    master = readPlaylist(await readFile(join(folder.path, 'master.m3u8'), 'utf8'))
    video = [await trackOf('video-large', true), await trackOf('video-small', true)]
    sound = await trackOf('sound', false)
  })
  after(() => folder[Symbol.asyncDispose]())

  const secondsOf = ({ file }: Track, { samples, stepTicks }: FragmentRead) =>
    (samples.length * stepTicks) / file.timescale
  const within = ({ file }: Track, { firstByte, sizeBytes }: Range) =>
    file.fragments.filter((fragment) => fragment.firstByte >= firstByte && fragment.endByte <= firstByte + sizeBytes)
  const playedSeconds = (track: Track, range: Range) =>
    sum(within(track, range).map((fragment) => secondsOf(track, fragment)))

  test('1.2, 1.3, 1.4, 1.10: the picture is H.264 of High profile and a level for telephones, in avc1, as the master says', () => {
    const variants = master.tags('EXT-X-STREAM-INF')
    assert.equal(variants.length, 2)
    for (const [index, { file }] of video.entries()) {
      assert.equal(file.entry.toString('latin1', 4, 8), 'avc1')
      const config = file.entry.subarray(file.entry.indexOf('avcC') + 4)
      assert.equal(variants[index]?.CODECS?.split(',')[0], `avc1.${config.toString('hex', 1, 4)}`)
      assert.equal(config[1], 100, 'High profile')
      // 1.11: this size and rate need 1.1, and 1.2 with such peaks; four frames to look back at make it 1.3 at most.
      assert.ok((config[3] ?? 0) <= 13, `level ${config[3]}`)
    }
  })

  test('1.13, 7.4, 9.11: an IDR frame comes every two seconds, and begins every segment, in all sizes at once', () => {
    assert.ok(master.lines.includes('#EXT-X-INDEPENDENT-SEGMENTS'))
    for (const track of video) {
      for (const fragment of track.file.fragments) {
        assert.ok(secondsOf(track, fragment) <= 2.002 + 1e-9)
        const [first, ...others] = fragment.samples
        assert.ok(first !== undefined && unitTypes(track.bytes, first).includes(5))
        for (const other of others) assert.ok(!unitTypes(track.bytes, other).includes(5), 'one that no list knows of')
      }
      for (const range of track.playlist.ranges) assert.equal(within(track, range)[0]?.firstByte, range.firstByte)
    }
    const [large, small] = video.map(({ file }) => file.fragments.map(({ decodeTicks }) => decodeTicks))
    assert.deepEqual(large, small)
  })

  test('1.18, 1.19, 9.15: it has the frame rate that is said, which is that of the source', () => {
    for (const variant of master.tags('EXT-X-STREAM-INF')) assert.equal(variant['FRAME-RATE'], '29.970')
    for (const { file } of video) {
      assert.deepEqual(
        new Set(file.fragments.map(({ stepTicks }) => stepTicks / file.timescale)),
        new Set([FRAME_SECONDS]),
      )
    }
  })

  /** By every group of segments, as RFC 8216 defines it. */
  const peakOf = ({ ranges, target }: { ranges: Range[]; target: number }): number => {
    const rates = ranges.flatMap((_, from) =>
      ranges.slice(from).flatMap((__, more) => {
        const group = ranges.slice(from, from + more + 1)
        const seconds = sum(group.map((range) => range.seconds))
        if (seconds < target / 2 || seconds > target * 1.5) return []
        return [(sum(group.map(({ sizeBytes }) => sizeBytes)) * 8) / seconds]
      }),
    )
    return Math.max(...rates)
  }
  const averageOf = ({ ranges }: Playlist): number =>
    (sum(ranges.map(({ sizeBytes }) => sizeBytes)) * 8) / sum(ranges.map(({ seconds }) => seconds))
  const targetOf = (playlist: Playlist | null) => Number(playlist?.value('EXT-X-TARGETDURATION'))
  const isNear = (said: string | undefined, measured: number) =>
    assert.ok(Math.abs(Number(said) / measured - 1) < 0.01, `${said} is said, and ${measured} was measured`)

  test('1.26, 1.27, 6.9, 9.13, 9.14: the rates of the master are those of the bytes, the sound included', () => {
    const soundPeak = peakOf({ ranges: sound.playlist.ranges, target: targetOf(sound.playlist) })
    for (const [index, variant] of master.tags('EXT-X-STREAM-INF').entries()) {
      const playlist = video[index]?.playlist
      assert.ok(playlist !== undefined)
      isNear(variant.BANDWIDTH, peakOf({ ranges: playlist.ranges, target: targetOf(playlist) }) + soundPeak)
      isNear(variant['AVERAGE-BANDWIDTH'], averageOf(playlist) + averageOf(sound.playlist))
    }
    for (const [index, variant] of master.tags('EXT-X-I-FRAME-STREAM-INF').entries()) {
      const keyFrames = video[index]?.keyFrames
      assert.ok(keyFrames)
      isNear(variant.BANDWIDTH, peakOf({ ranges: keyFrames.ranges, target: targetOf(keyFrames) }))
      isNear(variant['AVERAGE-BANDWIDTH'], averageOf(keyFrames))
    }
  })

  test('1.33, 9.1 to 9.4: every size is said, with its codecs, and all have the same shape to within a pixel', () => {
    for (const tag of ['EXT-X-STREAM-INF', 'EXT-X-I-FRAME-STREAM-INF']) {
      assert.deepEqual(
        master.tags(tag).map(({ RESOLUTION }) => RESOLUTION),
        ['160x90', '78x44'],
      )
    }
    for (const [index, { CODECS }] of master.tags('EXT-X-STREAM-INF').entries()) {
      const [ofPicture, ofSound] = CODECS?.split(',') ?? []
      assert.equal(master.tags('EXT-X-I-FRAME-STREAM-INF')[index]?.CODECS, ofPicture)
      assert.equal(ofSound, 'mp4a.40.2')
    }
  })

  test('2.2, 8.9, 8.10, 9.5: the sound is AAC, a rendition of its own that says its language', () => {
    const [media, ...others] = master.tags('EXT-X-MEDIA')
    assert.deepEqual([media?.TYPE, media?.LANGUAGE, media?.DEFAULT, media?.CHANNELS], ['AUDIO', 'en', 'YES', '2'])
    assert.deepEqual(others, [])
    for (const { AUDIO } of master.tags('EXT-X-STREAM-INF')) assert.equal(AUDIO, media?.['GROUP-ID'])
    assert.ok(master.lines.includes('#EXT-X-SESSION-DATA:DATA-ID="com.apple.hls.title",VALUE="Over the ridge"'))
    // A file of it that is downloaded says it, too.
    for (const { bytes } of video) assert.ok(bytes.subarray(0, bytes.indexOf('moof')).includes('Over the ridge'))
  })

  test('6.1, 6.8, 6.10: each key frame is in a list of them, as the bytes from its moof to its own end', () => {
    for (const track of video) {
      const keyFrames = track.keyFrames ?? assert.fail()
      assert.ok(keyFrames.lines.includes('#EXT-X-I-FRAMES-ONLY'))
      const expected = track.file.fragments.map((fragment) => {
        const [first = { firstByte: 0, sizeBytes: 0 }] = fragment.samples
        const { firstByte } = fragment
        return {
          firstByte,
          sizeBytes: first.firstByte + first.sizeBytes - firstByte,
          seconds: secondsOf(track, fragment),
        }
      })
      assert.equal(keyFrames.ranges.length, expected.length)
      for (const [index, { seconds, ...bytes }] of keyFrames.ranges.entries()) {
        const { seconds: shown = 0, ...of } = expected[index] ?? {}
        assert.deepEqual(bytes, of)
        assert.ok(Math.abs(seconds - shown) < 1e-5)
      }
    }
  })

  test('7.1, 7.3: each fragment begins where the one before ends, and the first frame and sound at 0', () => {
    for (const { file } of [...video, sound]) {
      let expected = 0
      for (const { decodeTicks, stepTicks, samples } of file.fragments) {
        assert.equal(decodeTicks, expected)
        expected += samples.length * stepTicks
      }
      const shown = file.fragments.flatMap(({ decodeTicks, stepTicks, samples }) =>
        samples.map(
          ({ compositionTicks }, index) => decodeTicks + index * stepTicks + compositionTicks - file.editStartTicks,
        ),
      )
      assert.equal(Math.min(...shown), 0)
      assert.equal(new Set(shown).size, shown.length)
    }
  })

  test('7.5 to 7.7, 8.2, 8.22: segments of six seconds at most begin at the same times in picture and sound', () => {
    const tracks = [...video, sound]
    for (const { playlist } of tracks) assert.equal(targetOf(playlist), 6)
    const startsOf = ({ playlist }: Track) =>
      playlist.ranges.map((_, at) => sum(playlist.ranges.slice(0, at).map((r) => r.seconds)))
    const expected = [0, 1.5015, 7.5075]
    for (const track of tracks) {
      const starts = startsOf(track)
      assert.equal(starts.length, expected.length, starts.join())
      // The sound begins with whole packets, half of which are 11 ms.
      for (const [at, start] of starts.entries())
        assert.ok(Math.abs(start - (expected[at] ?? 0)) < 0.0111, starts.join())
      for (const { seconds } of track.playlist.ranges) assert.ok(seconds <= 6.5)
    }
  })

  test('8.1, 8.3, 8.6, 8.7, 8.20: the seconds of segments are theirs, for any of them in a row, and all tracks last equally long', () => {
    for (const track of [...video, sound]) {
      const { playlist } = track
      assert.equal(playlist.value('EXT-X-PLAYLIST-TYPE'), 'VOD')
      assert.ok(playlist.lines.includes('#EXT-X-ENDLIST'))
      assert.equal(playlist.tags('EXT-X-MAP')[0]?.BYTERANGE, `${track.file.fragments[0]?.firstByte}@0`)
      let off = 0
      for (const range of playlist.ranges) {
        off += range.seconds - playedSeconds(track, range)
        assert.ok(Math.abs(off) < FRAME_SECONDS / 1000, `${off} s`)
      }
      assert.equal(
        playlist.ranges.at(-1)?.firstByte,
        within(track, playlist.ranges.at(-1) ?? assert.fail())[0]?.firstByte,
      )
    }
    const [large = 0, small = 0, heard = 0] = [...video, sound].map(({ playlist }) =>
      sum(playlist.ranges.map(({ seconds }) => seconds)),
    )
    assert.equal(large.toFixed(5), small.toFixed(5))
    assert.ok(Math.abs(large - heard) < FRAME_SECONDS, `${large} s of picture, ${heard} s of sound`)
  })
})
