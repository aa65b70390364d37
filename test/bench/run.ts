import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureFfmpeg } from '@reelway/local/ensure-ffmpeg.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { benchColdStart } from './cold-start.ts'
import { benchLeague } from './league.ts'
import { benchLongVideo } from './long-video.ts'
import { benchPresets } from './presets.ts'
import { benchStoryboard } from './storyboard.ts'
import { benchStreams } from './streams.ts'
import { benchUploadToResult } from './upload-to-result.ts'

/**
 * npm run bench [-- --rounds N] [cold-start] [league] [upload-to-result] [long-video] [storyboard] [presets [--preset NAME]...] [streams [--streams N]]: ratios against peers that run beside ours in turns, so that a busy or slow machine slows both.
 * Prints every ratio, the misses as well. Makes its videos first, which takes minutes.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    preset: { type: 'string', multiple: true, default: [] },
    streams: { type: 'string', default: '2000' },
  },
})
const wanted = (name: string) => positionals.length === 0 || positionals.includes(name)
const rounds = Number(values.rounds)
const binaries = await ensureFfmpeg(process.env)
const directory = await mkdtemp(join(tmpdir(), 'reelway-bench-'))
console.log(
  `${binaries.version}, ${availableParallelism()} processors (${cpus()[0]?.model ?? 'unknown'}), ${rounds} rounds`,
)
try {
  if (wanted('cold-start')) await benchColdStart(directory, rounds)
  if (wanted('league')) await benchLeague(binaries, directory, rounds)
  if (wanted('upload-to-result')) await benchUploadToResult(binaries, directory, mp4720p, rounds)
  if (wanted('upload-to-result')) await benchUploadToResult(binaries, directory, league, rounds)
  if (wanted('long-video')) await benchLongVideo(rounds)
  if (wanted('storyboard')) await benchStoryboard(binaries, directory, rounds)
  if (wanted('streams')) await benchStreams(directory, rounds, Number(values.streams))
  if (wanted('presets')) await benchPresets(binaries, directory, rounds, values.preset)
} finally {
  await rm(directory, { recursive: true, force: true })
}
