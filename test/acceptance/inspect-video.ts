import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

const stream = z.object({
  codec_type: z.string(),
  codec_name: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  r_frame_rate: z.string(),
  nb_read_packets: z.coerce.number().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
})
const report = z.object({ streams: z.array(stream), format: z.object({ duration: z.coerce.number() }) })

export type Inspected = {
  durationSeconds: number
  video: z.infer<typeof stream>
  audio: z.infer<typeof stream> | undefined
}

/** What ffprobe says of a file, with its packets counted. */
export const inspectVideo = async (path: string): Promise<Inspected> => {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-of', 'json', path],
  ])
  const { streams, format } = report.parse(JSON.parse(stdout))
  const video = streams.find(({ codec_type }) => codec_type === 'video')
  if (video === undefined) throw new Error('there is no picture')
  return { durationSeconds: format.duration, video, audio: streams.find(({ codec_type }) => codec_type === 'audio') }
}

/** The brightness (0..255) of one frame in a grid of 16x9 cells, row by row: enough to tell pictures and bars apart. */
export const frameGrid = async (path: string, frame: number): Promise<number[]> => {
  const filter = `select=eq(n\\,${frame}),scale=16:9:flags=area,format=gray`
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'],
    { encoding: 'buffer' },
  )
  if (stdout.length !== 16 * 9) throw new Error(`frame ${frame} is not there`)
  return [...stdout]
}

/** The loudest moment between two times, in dB below full scale: about -91 for silence. */
export const loudness = async (path: string, fromSeconds: number, toSeconds: number): Promise<number> => {
  const filter = `atrim=${fromSeconds}:${toSeconds},volumedetect`
  const { stderr } = await run('ffmpeg', ['-nostats', '-i', path, '-map', '0:a', '-af', filter, '-f', 'null', '-'])
  const found = /max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]
  if (found === undefined) throw new Error('there is no sound to measure')
  return Number(found)
}

/** The names of the boxes at the top level of an mp4 file, in their order. */
export const mp4Boxes = async (path: string): Promise<string[]> => {
  await using file = await open(path)
  const { size } = await file.stat()
  const names: string[] = []
  for (let at = 0; at < size; ) {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, at)
    names.push(buffer.toString('latin1', 4, 8))
    const length = buffer.readUInt32BE(0)
    at += length === 1 ? Number(buffer.readBigUInt64BE(8)) : length || size
  }
  return names
}
