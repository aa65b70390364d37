import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { mayCopySound } from '@reelway/batch/plan/may-copy-sound.ts'
import { planSoundAlone } from '@reelway/batch/plan/plan-sound-alone.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import { copySound } from '@reelway/batch/transcode/copy-sound.ts'
import { makeCover } from '@reelway/batch/transcode/make-cover.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { presets, type SoundPresetName } from '@reelway/shared/presets/catalogue.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries } from './convert-video.ts'

/** Copies the sound of a test clip, as batch does where it may, to a path in a folder of the caller's. */
export const copySoundOf = async (
  name: VideoName,
  presetName: SoundPresetName,
  outputPath: string,
  options: TaskOptions = {},
) => {
  await using served = await serveFile(await makeVideo(name))
  const signal = AbortSignal.timeout(120_000)
  const probed = await probeSource(await binaries, served.url, signal)
  if (probed.kind !== 'probed') throw new Error(probed.code)
  const planned = planSoundAlone(probed.facts, presets[presetName], options, {
    soundBudgetSeconds: 400,
    sourceBytes: 1,
    outputLimitBytes: 1e9,
  })
  if (planned.kind !== 'planned') throw new Error(planned.code)
  assert.ok(mayCopySound(probed.facts, presets[presetName], options))
  const coverPath = join(dirname(outputPath), 'cover.jpg')
  const made = { binaries: await binaries, plan: planned.plan, sourceUrl: served.url, signal }
  const cover = await makeCover({ ...made, coverPath })
  const limits = { wallClockLimitSeconds: 120, stallLimitSeconds: 60, onProgress: () => undefined }
  return await copySound({ ...limits, ...made, outputPath, ...(cover.kind === 'made' && { coverPath }) })
}
