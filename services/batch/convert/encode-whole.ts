import { join } from 'node:path'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { completeWithResult } from '../complete-with-result.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { learnCost } from '../learn-cost.ts'
import type { HeldLease } from '../lease.ts'
import { handOutParts } from '../parts/hand-out-parts.ts'
import { storePart } from '../parts/store-part.ts'
import { cutRest } from '../plan/cut-rest.ts'
import { attemptPreviews } from '../previews/attempt-previews.ts'
import { previewWhole } from '../previews/preview-whole.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { type Assets, assetFault } from '../source/read-assets.ts'
import { sourceFault } from '../source/read-source.ts'
import type { Source } from '../source/source.ts'
import { storeResult } from '../store.ts'
import type { HandedOver } from '../transcode/hand-over.ts'
import { transcodeSource } from '../transcode/transcode.ts'
import { makeWorkFolder } from '../work-folder.ts'

type Work = { task: TaskRow; preset: Preset; plan: EncodePlan; source: Source; assets: Assets }

/**
 * A plan of one part, from its encode to the completed task. When the encode takes longer than was estimated, and the preset can
 * be cut, what there is by then becomes the first part of a plan of several.
 */
export const encodeWhole = async (deps: Dependencies, held: HeldLease, work: Work): Promise<AttemptResult> => {
  const { task, preset, plan, source, assets } = work
  const { signal, lease } = held
  const limits = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  await using folder = await makeWorkFolder(deps.workDirectory)
  const path = join(folder.path, `result.${preset.container.extension}`)

  const startedAt = performance.now()
  const encoded = await transcodeSource({
    binaries: deps.binaries,
    plan,
    sourceUrl: source.url,
    assetUrls: assets.urls,
    outputPath: path,
    threads: deps.threads,
    wallClockLimitSeconds: limits.wallClockLimitSeconds - held.ageSeconds(),
    stallLimitSeconds: limits.stallLimitSeconds,
    handOverAfterSeconds: limits.handOverAfterSeconds - held.ageSeconds(),
    signal,
    onProgress: held.report,
  })
  const effort = {
    sourceSeconds: plan.source.endSeconds - plan.source.fromSeconds,
    encodeSeconds: (performance.now() - startedAt) / 1000,
  }
  deps.logger.info('transcoded', {
    jobId: lease.jobId,
    outcome: encoded.kind,
    preset: preset.name,
    frames: plan.frames.total,
    estimateSeconds: plan.estimateSeconds,
    ...effort,
    sourceBytes: task.sizeBytes,
    ...source.record,
  })
  const unread = sourceFault(source) ?? assetFault(assets)
  if (unread !== undefined) return unread
  if (encoded.kind === 'handed-over') return await handOverWhole(deps, held, work, { path, encoded })
  if (encoded.kind !== 'encoded') return encoded

  await learnCost(deps, {
    presetName: preset.name,
    estimateSeconds: plan.estimateSeconds,
    encodeSeconds: effort.encodeSeconds,
  })
  const { width, height, durationSeconds, sizeBytes } = encoded.output
  const { extension, contentType } = preset.container
  const objectName = outputObjectName(lease.taskId, lease.token, `${preset.name}.${extension}`)
  const stored = await storeResult(deps.outputs, { path, sizeBytes, objectName, contentType }, signal)
  const madeOf = { sourceUrl: source.url, assetUrls: assets.urls, threads: deps.threads }
  const previews = await attemptPreviews(deps, held, (place) =>
    previewWhole(place, plan, { path, ...encoded.output }, madeOf),
  )
  return await completeWithResult(deps, held, {
    ...{ preset, objectName, stored, width, height, durationSeconds, previews },
    ...effort,
  })
}

/** There is no part in the database yet that this could be the beginning of: the name only has to differ from those of parts. */
const WHOLE = 'whole'

const handOverWhole = async (
  deps: Dependencies,
  held: HeldLease,
  { task, plan }: Work,
  { path, encoded }: { path: string; encoded: HandedOver },
): Promise<AttemptResult> => {
  const { partBudgetSeconds, handOverAfterSeconds } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  const [part] = plan.parts
  if (part === undefined) throw new Error('a plan without parts was encoded')
  const { kept: keptFrames, encodeSeconds } = encoded
  const cut = cutRest({ plan, part, kept: keptFrames, encodeSeconds, partBudgetSeconds })
  if (cut.kind === 'cannot-be-cut') {
    return { kind: 'refused', code: 'conversion_timed_out', parameters: { limitSeconds: handOverAfterSeconds } }
  }
  if (cut.kept === null) return await handOutParts(deps, held, { task, plan, parts: cut.rest })
  const done = await storePart(deps, held, WHOLE, { ...encoded, path, lead: 0 })
  const split = await handOutParts(deps, held, { task, plan, parts: [{ ...cut.kept, done }, ...cut.rest] })
  if (split.kind === 'superseded') await deleteObject(deps.outputs, done.objectName, done.generation)
  return split
}
