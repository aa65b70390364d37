import { join } from 'node:path'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { keepKeyFramesApartArgs } from '@reelway/batch/ffmpeg/keep-key-frames-apart-args.ts'
import { posterArgs } from '@reelway/batch/ffmpeg/poster-args.ts'
import { samplesArgs, tilesArgs } from '@reelway/batch/ffmpeg/tile-args.ts'
import { LOGO_PATH } from '@reelway/batch/transcode/logo-path.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { serveFile } from '../support/serve-file.ts'
import { makeVideo } from '../videos/make-video.ts'
import { planFor } from './plan-for.ts'
import { median, reportRatio } from './report.ts'
import { sumOf, timedFfmpeg } from './timed-ffmpeg.ts'

const TILE = { width: 160, height: 90 }
const GRID = { columns: 10, rows: 1 }
const SECONDS = 20

/**
 * The storyboard and the poster of 20 s of 1080p60, in processor time, by the key frames of the result, which is what batch does: against
 * the same tiles out of the encode's own decode (without a poster, which nobody can choose before the end), and against a decode of all of
 * the result. In turns, and each with an encode of its own where it is made together with one.
 *
 * November 2026: 0.7 s beside an H.264 encode of 47 s and 0.6 s beside a VP9 one of 21 s, 0.10 and 0.23 of the decode. Within the encode the tiles cost less than can be measured;
 * but copies and parts have no such encode, and what is handed over would have to be made again.
 */
export const benchStoryboard = async (binaries: Binaries, directory: string, rounds: number): Promise<void> => {
  for (const preset of [presets['mp4-720p'], presets['webm-480p']]) {
    await using source = await serveFile(await makeVideo('full-hd'))
    const plan = await planFor(binaries, source.url, preset)
    const path = (name: string) => join(directory, name)
    const format = plan.container.format
    const files = { sourceUrl: source.url, logoPath: LOGO_PATH, outputPath: path(`result.${format}`), threads: 2 }
    const encode = ffmpegArgs(plan, { ...files, outputLimitBytes: 2_000_000_000 })
    const everySeconds = 'keyframeSeconds' in plan.video ? plan.video.keyframeSeconds : 1
    const timed = async (...runs: string[][]) => {
      const timings = []
      for (const argv of runs) timings.push(await timedFfmpeg(binaries.ffmpeg, argv))
      return sumOf(timings).cpuSeconds
    }

    const reel = path(`reel.${format}`)
    const tileFiles = { pixelsPath: path('tiles.yuv'), timesPath: path('tiles.txt') }
    const posters = { jpegPath: path('poster.jpg'), webpPath: path('poster.webp') }
    const sprite = { ...GRID, path: path('sprite.jpg') }
    const poster = posterArgs({ path: reel, kind: 'video' }, SECONDS / 2, plan.canvas, posters)
    const byKeyFrames = [
      keepKeyFramesApartArgs({ path: files.outputPath, format }, reel, 1),
      tilesArgs({ path: reel, kind: 'video' }, TILE, sprite, tileFiles),
      poster,
    ]
    const stretch = { fromSeconds: 0, seconds: SECONDS, everySeconds }
    const byDecode = [samplesArgs({ path: files.outputPath, kind: 'video' }, TILE, stretch, tileFiles), poster]

    const turns = []
    for (let round = 0; round < rounds; round += 1) {
      const plain = await timed(encode)
      const ours = await timed(...byKeyFrames)
      turns.push({
        plain,
        ours,
        fromEncode: await timed(withTiles(encode, everySeconds, path('encode-sprite.jpg'))),
        decoded: await timed(...byDecode),
      })
    }
    const name = `${preset.name}, storyboard`
    const whole = turns.map(({ plain, ours, fromEncode }) => ({ ours: plain + ours, peer: fromEncode }))
    reportRatio(`${name} / in the encode, both with it`, whole, 's')
    reportRatio(
      `${name} / decode of the result`,
      turns.map(({ ours, decoded }) => ({ ours, peer: decoded })),
      's',
    )
    reportRatio(
      `${name} / its encode`,
      turns.map(({ plain, ours }) => ({ ours, peer: plain })),
      's',
    )
    const added = median(turns.map(({ plain, fromEncode }) => fromEncode - plain))
    console.log(`${`${name}: what the encode takes more for it`.padEnd(46)} ${added.toFixed(2)} s`)
  }
}

/** The argv of an encode with a second output: tiles of what it decodes, so many seconds apart. */
const withTiles = (argv: readonly string[], everySeconds: number, path: string): string[] => {
  const select = `select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,${everySeconds})`
  const tiles = `[t]${select},scale=${TILE.width}:${TILE.height}:flags=area,format=yuvj420p,tile=${GRID.columns}x${GRID.rows}[s]`
  const graphAt = argv.findIndex((arg) => arg.length > 3 && arg.endsWith('[v]'))
  const outputAt = argv.findLastIndex((arg) => arg.startsWith('file:'))
  return argv.flatMap((arg, at) => {
    if (at === graphAt) return [`${arg};[v]split[w][t];${tiles}`]
    if (arg === '[v]') return ['[w]']
    return at === outputAt ? [arg, '-map', '[s]', '-frames:v', '1', '-q:v', '5', '-f', 'mjpeg', `file:${path}`] : [arg]
  })
}
