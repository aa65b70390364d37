import type { TaskAssets } from '@reelway/batch/probe/asset-facts.ts'
import { type OptionName, type TaskOptions, taskOptions } from '@reelway/shared/options/task-options.ts'
import { someFacts } from '../probe/some-facts.ts'

const ASSET = '0d5e6a4c-3b0e-4c5e-9a34-0f6f0d2f4a11'

/** Of every option one value that changes something. */
const samples = {
  trim: { startSeconds: 7.3, durationSeconds: 21 },
  rotate: 90,
  flip: 'horizontal',
  crop: { x: 31, y: 17, width: 801, height: 601 },
  fit: { width: 500, height: 400, background: 'blur', align: 'left' },
  maxFrameRate: 7,
  quality: 'small',
  mute: true,
  loudness: {},
  intro: { asset: ASSET, seconds: 2 },
  outro: { asset: ASSET },
  watermark: { asset: ASSET, opacity: 0.5 },
  metadata: 'keep',
} as const satisfies Record<OptionName, unknown>

const assets: Required<TaskAssets> = {
  intro: { kind: 'clip', source: someFacts({ video: { endSeconds: 5 } }) },
  outro: { kind: 'picture', width: 800, height: 800, hasAlpha: true },
  watermark: { kind: 'picture', width: 200, height: 100, hasAlpha: true },
}

/** A task that asks for some options, by their names, with what is known of the pictures and clips that they need. */
export const sampleOf = (names: readonly OptionName[]): { options: TaskOptions; assets: TaskAssets } => ({
  options: taskOptions.parse(Object.fromEntries(names.map((name) => [name, samples[name]]))),
  assets: {
    ...(names.includes('intro') && { intro: assets.intro }),
    ...(names.includes('outro') && { outro: assets.outro }),
    ...(names.includes('watermark') && { watermark: assets.watermark }),
  },
})

/** All of some options, each alone, and every two of them. */
export const pairsOf = (names: readonly OptionName[]): OptionName[][] =>
  names.flatMap((first, index) => [[first], ...names.slice(index + 1).map((second) => [first, second])])
