import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import { requireSameEntry } from '@reelway/batch/mux/sample-entry.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { temporaryFolder } from './convert-video.ts'
import { encodeOne } from './encode-parts.ts'
import { rowsInTurn } from './rows-in-turn.ts'
import { type Own, planServed, serveTask } from './serve-assets.ts'

/** The description of the only track of an mp4: what a decoder is set up with. */
const sampleEntryOf = async (path: string): Promise<Buffer> => {
  const bytes = await readFile(path)
  const start = bytes.indexOf('stsd') + 12
  return bytes.subarray(start, start + bytes.readUInt32BE(start))
}

const tasks: readonly (readonly [VideoName, Own])[] = [
  // JPEG has its colour in the middle of four pixels, H.264 on the left, VP8 does not say.
  ['noisy-body', { intro: { of: 'title-jpeg', seconds: 0.3 }, outro: { of: 'clip-after', seconds: 0.4 } }],
  [
    'hdr-pq',
    { intro: { of: 'interlaced', seconds: 0.4 }, outro: { of: 'mark', seconds: 0.3 }, watermark: { of: 'mark' } },
  ],
]
const codecs = ['league', 'webm-480p', 'hevc-1080p', 'av1-mp4-720p'] as const

suite('parts of legs', { concurrency: 1 }, () => {
  for (const [name, own] of tasks) {
    for (const preset of rowsInTurn(codecs, 3)) {
      test(`the legs of ${name} in ${preset} can be decoded one after the other by one decoder`, async () => {
        await using folder = await temporaryFolder()
        await using task = await serveTask(name, own)
        const plan = await planServed(task, presets[preset])
        const { intro, body, total } = plan.frames
        const entries = []
        for (const [start, end] of [
          [0, intro],
          [intro, intro + 9],
          [intro + body, total],
        ] as const) {
          const part = { stream: 'picture', start, end, weight: 0.1 } as const
          const { path } = await encodeOne(plan, part, task.sourceUrl, folder.path, task.assetUrls)
          entries.push(await sampleEntryOf(path))
        }
        for (const entry of entries) requireSameEntry(entries[0] ?? entry, entry)
      })
    }
  }
})
