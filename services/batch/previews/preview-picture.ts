import { join } from 'node:path'
import { ffmpegArgs } from '../ffmpeg/args.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { AssetUrls } from '../ffmpeg/input-args.ts'
import { wholeEntryPoints } from '../transcode/entry-points.ts'
import { LOGO_PATH } from '../transcode/logo-path.ts'
import { makePoster, type PosterFiles } from './make-poster.ts'
import { planStill } from './plan-still.ts'
import { type PreviewPlace, runPreviewFrom } from './run-preview.ts'
import { sampleFile } from './sample-file.ts'
import { stretchOfBody } from './stretch-of-body.ts'

/** What a result was made of. */
export type MadeOf = { sourceUrl: string; assetUrls: AssetUrls; threads: number }

/** The poster of a result on disk that is a picture: JPEG, or GIF or WebP, which move. Throws what runPreview throws. */
export const previewPicture = async (
  place: PreviewPlace,
  plan: EncodePlan,
  { path, ...picture }: { path: string; width: number; height: number },
  madeOf: MadeOf,
): Promise<PosterFiles> => {
  if (plan.container.format === 'gif') {
    const input = { path, kind: 'gif' } as const
    return await makePoster(place, input, picture, await sampleFile(place, input, picture, stretchOfBody(plan)))
  }
  const stillPath = plan.container.format === 'webp' ? await makeStill(place, plan, madeOf) : path
  return await makePoster(place, { path: stillPath, kind: 'jpeg' }, picture, 0)
}

/** No still can be taken of a result that moves and is a WebP: ffmpeg 5.1 writes them, and cannot read them. So one is taken of the source. */
const makeStill = async (place: PreviewPlace, plan: EncodePlan, madeOf: MadeOf): Promise<string> => {
  const outputPath = join(place.folder, 'still.jpg')
  const files = { ...madeOf, logoPath: LOGO_PATH, outputPath, outputLimitBytes: STILL_LIMIT_BYTES }
  const still = planStill(plan)
  await runPreviewFrom(place, wholeEntryPoints(still), ({ fromSeconds }) => ffmpegArgs(still, files, fromSeconds))
  return outputPath
}

const STILL_LIMIT_BYTES = 50_000_000
