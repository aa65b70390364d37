import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { AssetUrls } from '../ffmpeg/input-args.ts'
import type { Failed, Refused } from '../refusal.ts'
import type { TaskAssets } from './asset-facts.ts'
import { assetUnusable } from './asset-unusable.ts'
import { probeBookend } from './probe-bookend.ts'
import { probePicture } from './probe-picture.ts'

/**
 * Finds out what is to be known of the pictures and clips that a task uses, at URLs of our loopback sources, before anything is decided.
 * A refusal or a failure may also be due to reads that broke off: the caller knows, from its own record of them. An abort throws the
 * signal's reason.
 */
export const probeAssets = async (request: {
  binaries: Binaries
  options: TaskOptions
  assetUrls: AssetUrls
  signal: AbortSignal
}): Promise<{ kind: 'probed'; assets: TaskAssets } | Refused | Failed> => {
  const { binaries, options, assetUrls, signal } = request
  const assets: TaskAssets = {}
  for (const option of ['intro', 'outro'] as const) {
    const url = assetUrls[option]
    if (url === undefined) continue
    const probed = await probeBookend({ binaries, option, url, signal }, options[option]?.seconds)
    if (probed.kind !== 'probed') return probed
    assets[option] = probed.facts
  }
  if (assetUrls.watermark === undefined) return { kind: 'probed', assets }
  const mark = await probePicture({ binaries, option: 'watermark', url: assetUrls.watermark, signal })
  if (mark.kind === 'no-picture') return assetUnusable('watermark', 'it is no picture')
  if (mark.kind !== 'probed') return mark
  return { kind: 'probed', assets: { ...assets, watermark: mark.facts } }
}
