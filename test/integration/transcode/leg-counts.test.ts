import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mp4360p } from '@reelway/shared/presets/mp4-360p.ts'
import { temporaryFolder } from './convert-video.ts'
import { encodeWhole } from './encode-parts.ts'
import { planServed, serveTask } from './serve-assets.ts'

type Asked = Parameters<typeof serveTask>[1]

const still = { of: 'title-png', seconds: 0.5 } as const
const mark = { of: 'mark' } as const
const trims = [undefined, { startSeconds: 1, durationSeconds: 1.5, atKeyframes: false }] as const

// A frame too few or too many is found by the proof of the result, which encodeWhole asks for.
suite('a result has every frame of its legs', { concurrency: 2 }, () => {
  for (const trim of trims) {
    for (const [title, asked] of [
      ['a watermark', { watermark: mark }],
      ['an intro', { intro: still }],
      ['an outro', { outro: still }],
      ['an intro and a watermark', { intro: still, watermark: mark }],
      ['an outro and a watermark', { outro: still, watermark: mark }],
      ['intro, outro and watermark', { intro: still, outro: still, watermark: mark }],
    ] as const satisfies [string, Asked][]) {
      test(`with ${title}${trim === undefined ? '' : ' of a trimmed video'}`, async () => {
        await using folder = await temporaryFolder()
        await using task = await serveTask('seven-seconds', asked, { trim })
        const plan = await planServed(task, mp4360p)
        assert.equal(plan.frames.body, trim === undefined ? 210 : 45)
        await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
      })
    }
  }
})
