import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { Client } from '../support/client.ts'
import { serveFile } from '../support/serve-file.ts'
import { startTestStack } from '../support/stack.ts'
import { makeVideo } from '../videos/make-video.ts'
import { bareArgs } from './bare-args.ts'
import { planFor } from './plan-for.ts'
import { reportRatio } from './report.ts'
import { secondsToResult } from './seconds-to-result.ts'
import { timedFfmpeg } from './timed-ffmpeg.ts'

const LOGO = fileURLToPath(new URL('../../services/batch/transcode/logo.png', import.meta.url))

/**
 * From "the upload is finished" to "the result is ready", through Pub/Sub, batch, storage and database, against a bare ffmpeg
 * that does the same to a local file: 60 s of 1080p.
 */
export const benchUploadToResult = async (
  binaries: Binaries,
  directory: string,
  preset: VideoPreset,
  rounds: number,
): Promise<void> => {
  const sourcePath = await makeVideo('full-hd-minute')
  await using source = await serveFile(sourcePath)
  const argv = ffmpegArgs(await planFor(binaries, source.url, preset), {
    sourceUrl: source.url,
    logoPath: LOGO,
    outputPath: join(directory, `bare.${preset.container.extension}`),
    threads: 2,
    outputLimitBytes: 2_000_000_000,
  })
  const bare = bareArgs(argv, source.url, sourcePath)
  await using stack = await startTestStack()
  const client = await Client.signUp(stack.webUrl)
  const pairs: { ours: number; peer: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const ours = await secondsToResult(client, sourcePath, preset.name)
    pairs.push({ ours, peer: (await timedFfmpeg(binaries.ffmpeg, bare)).wallSeconds })
  }
  reportRatio(`${preset.name}: upload finished to result ready / bare ffmpeg`, pairs, 's', 1.1)
}
