import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { binaries } from './convert-video.ts'

/** What is heard of a file from the beginning of its time line on: one channel, 48,000 samples a second. `more` are options of the resampler. */
export const soundOf = async (path: string, more = ''): Promise<Int16Array> => {
  const filter = `aresample=48000:async=1:first_pts=0${more},aformat=sample_fmts=s16:channel_layouts=mono`
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-map', '0:a:0', '-af', filter, '-f', 's16le', '-']
  const options = { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 } as const
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, options)
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length - (stdout.length % 2)))
}
