import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { childEnvironment } from '@reelway/batch/ffmpeg/hardening.ts'
import { binaries } from './convert-video.ts'

/** When each packet of a stream is shown, in seconds, in the order of time. */
export const timesOf = async (path: string, stream: 'v' | 'a'): Promise<number[]> => {
  const times = (await entriesOf(path, stream, 'pts_time')).map(Number)
  return times.toSorted((a, b) => a - b)
}

/** A checksum of each packet of a stream, as its file holds it. */
export const packetsOf = (path: string, stream: 'v' | 'a'): Promise<string[]> => entriesOf(path, stream, 'data_hash')

const entriesOf = async (path: string, stream: 'v' | 'a', entry: string): Promise<string[]> => {
  const argv = ['-v', 'error', '-select_streams', stream, '-show_packets', '-show_data_hash', 'md5']
  const all = [...argv, '-show_entries', `packet=${entry}`, '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)((await binaries).ffprobe, all, {
    maxBuffer: 2 ** 26,
    env: { ...childEnvironment },
  })
  return stdout
    .split('\n')
    .map((line) => line.split(',')[0] ?? '')
    .filter((line) => line !== '')
}
