import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { planVideo } from '@reelway/batch/plan/plan-video.ts'
import { qualities } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeWhole, wholePlan } from './encode-parts.ts'
import { rowsInTurn } from './rows-in-turn.ts'

/** How much a video looks like its source of the same size and frames: SSIM of all planes, 1 is identical. */
const likeness = async (path: string, sourcePath: string): Promise<number> => {
  const graph = '[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]ssim'
  const argv = ['-hide_banner', '-i', path, '-i', sourcePath, '-lavfi', graph, '-f', 'null', '-']
  const { stderr } = await promisify(execFile)((await binaries).ffmpeg, argv)
  return Number(/SSIM .*All:([\d.]+)/.exec(stderr)?.[1])
}

suite('the scale of quality', { concurrency: 2 }, () => {
  for (const name of rowsInTurn(['mp4-720p', 'hevc-1080p', 'webm-720p', 'av1-mp4-720p'] as const, 4)) {
    const preset = presets[name]
    test(`each better quality of ${preset.video.codec} is a larger file that looks more like the source`, async () => {
      await using folder = await temporaryFolder()
      const sourcePath = await makeVideo('busy-second')
      await using served = await serveFile(sourcePath)
      const plan = await wholePlan(served.url, preset)
      const results: { quality: string; sizeBytes: number; ssim: number }[] = []
      for (const quality of qualities) {
        const video = planVideo(preset, { quality })
        const path = await encodeWhole({ ...plan, video }, served.url, folder.path, { name: quality })
        results.push({ quality, sizeBytes: (await stat(path)).size, ssim: await likeness(path, sourcePath) })
      }
      for (const [index, better] of results.slice(1).entries()) {
        const worse = results[index]
        const both = JSON.stringify([worse, better])
        assert.ok(worse !== undefined && better.sizeBytes > worse.sizeBytes * 1.1, both)
        assert.ok(better.ssim > worse.ssim, both)
      }
      assert.ok((results[0]?.ssim ?? 0) > 0.6, `the smallest is still the same picture: ${JSON.stringify(results[0])}`)
    })
  }
})
