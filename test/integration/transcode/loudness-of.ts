import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { binaries } from './convert-video.ts'

/** The loudness of a file by another filter than the one that measured its source: loudnorm's first pass. */
export const loudnessOf = async (path: string): Promise<{ integratedLufs: number; truePeakDb: number }> => {
  const argv = ['-nostdin', '-hide_banner', '-i', path, '-map', '0:a:0', '-af', 'loudnorm=print_format=json']
  const { stderr } = await promisify(execFile)((await binaries).ffmpeg, [...argv, '-f', 'null', '-'])
  const figure = (name: string) => Number(new RegExp(`"${name}" : "(-?[\\d.]+)"`).exec(stderr)?.[1] ?? Number.NaN)
  return { integratedLufs: figure('input_i'), truePeakDb: figure('input_tp') }
}

/**
 * The loudness of a file whose sound has one format, as the filter ebur128 sums it up: loudnorm is off by 1 LU where a sound of a few
 * seconds begins or ends with silence (run, 5.1).
 */
export const summedLufsOf = async (path: string): Promise<number> => {
  const argv = ['-nostdin', '-hide_banner', '-i', path, '-map', '0:a:0', '-af', 'ebur128', '-f', 'null', '-']
  const { stderr } = await promisify(execFile)((await binaries).ffmpeg, argv)
  return Number(/Integrated loudness:\s+I: +(-?[\d.]+) LUFS/.exec(stderr.slice(stderr.lastIndexOf('Summary')))?.[1])
}
