import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { z } from 'zod'
import { binaries, brightnessAt, convertVideo } from './convert-video.ts'

const look = z.object({
  streams: z.array(
    z.object({
      codec_name: z.string(),
      codec_tag_string: z.string(),
      profile: z.string(),
      pix_fmt: z.string(),
      level: z.int(),
      width: z.int(),
      height: z.int(),
      color_range: z.string().optional(),
      color_space: z.string().optional(),
      color_transfer: z.string().optional(),
      color_primaries: z.string().optional(),
      nb_read_packets: z.string(),
    }),
  ),
})

/** What the file says of its picture, or with `raw` what the bit stream by itself says, which has no container to say it. */
const pictureOf = async (path: string, raw?: string) => {
  const { ffmpeg, ffprobe } = await binaries
  const run = promisify(execFile)
  const bare = `${path}.${raw}`
  if (raw !== undefined) await run(ffmpeg, ['-v', 'error', '-i', path, '-map', '0:v', '-c', 'copy', '-f', raw, bare])
  const argv = ['-v', 'error', '-select_streams', 'v', '-count_packets', '-show_streams', '-of', 'json']
  const { stdout } = await run(ffprobe, [...argv, raw === undefined ? path : bare])
  const [picture] = look.parse(JSON.parse(stdout)).streams
  if (picture === undefined) throw new Error(`${path} has no picture`)
  return picture
}

const BT709 = { color_range: 'tv', color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'bt709' }

/** What players ask for, by codec: the tag in an mp4, and the profile that all of them decode; `raw` is a container of nothing else. */
const expected: ReadonlyMap<string, { tag: string; profile: string; raw?: string }> = new Map([
  ['h264', { tag: 'avc1', profile: 'High', raw: 'h264' }],
  ['hevc', { tag: 'hvc1', profile: 'Main', raw: 'hevc' }],
  ['vp9', { tag: 'vp09', profile: 'Profile 0' }],
  ['av1', { tag: 'av01', profile: 'Main', raw: 'obu' }],
])

suite('every preset of a video', { concurrency: 2 }, () => {
  for (const preset of Object.values(presets).filter((preset) => preset.video !== null)) {
    const { name, video, container, ladder } = preset
    const asked = expected.get(video.codec)
    // A stream is no file: stream.test.ts looks at it.
    if (asked === undefined || ladder !== null) continue
    test(`${name} makes what players of ${video.codec} in ${container.format} ask for`, async () => {
      await using conversion = await convertVideo('bright-second', name)
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      const { tag, profile, raw } = asked
      const path = conversion.outputPath
      const picture = await pictureOf(path)
      const { total } = conversion.plan?.frames ?? { total: -1 }
      assert.equal(picture.nb_read_packets, String(total))
      assert.equal(picture.codec_name, video.codec)
      // WebM has no tags of four letters.
      assert.equal(picture.codec_tag_string, container.format === 'mp4' ? tag : '[0][0][0][0]')
      assert.equal(picture.profile, profile)
      assert.equal(picture.pix_fmt, 'yuv420p')
      const { color_range, color_space, color_transfer, color_primaries } = picture
      assert.deepEqual({ color_range, color_space, color_transfer, color_primaries }, BT709)
      if (raw !== undefined) {
        const stream = await pictureOf(path, raw)
        const { color_range, color_space, color_transfer, color_primaries } = stream
        assert.deepEqual({ color_range, color_space, color_transfer, color_primaries }, BT709, 'in the bit stream')
      }
      // The left half is white, the right half black.
      const middle = (total * 0.5) / 25
      const left = await brightnessAt(path, middle, {
        x: picture.width / 4 - 8,
        y: picture.height / 2 - 8,
        w: 16,
        h: 16,
      })
      const right = await brightnessAt(path, middle, {
        x: (picture.width * 3) / 4 - 8,
        y: picture.height / 2 - 8,
        w: 16,
        h: 16,
      })
      assert.ok((left ?? 0) > 200 && (right ?? 255) < 40, `left ${left}, right ${right}`)
    })
  }
})
