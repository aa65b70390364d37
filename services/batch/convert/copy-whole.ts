import { join } from 'node:path'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { completeWithResult } from '../complete-with-result.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import type { CopyPlan } from '../ffmpeg/copy-plan.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { HeldLease } from '../lease.ts'
import { attemptPreviews } from '../previews/attempt-previews.ts'
import { previewWhole } from '../previews/preview-whole.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { sourceFault } from '../source/read-source.ts'
import type { Source } from '../source/source.ts'
import { storeResult } from '../store.ts'
import { copySource } from '../transcode/copy-source.ts'
import { OUTPUT_LIMIT_BYTES } from '../transcode/output-limit.ts'
import { makeWorkFolder } from '../work-folder.ts'

type Work = { task: TaskRow; preset: VideoPreset; plan: EncodePlan; copy: CopyPlan; source: Source }

/**
 * A source that already is what was asked for, from its copy to the completed task. not-copied: its packets turned out not to be
 * what their description promised; nothing is kept, and the same delivery goes on to the encode. Teaches nothing about costs.
 */
export const copyWhole = async (
  deps: Dependencies,
  held: HeldLease,
  { task, preset, plan, copy, source }: Work,
): Promise<AttemptResult | { kind: 'not-copied' }> => {
  const { signal, lease } = held
  const limits = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  await using folder = await makeWorkFolder(deps.workDirectory)
  const path = join(folder.path, `result.${copy.container.extension}`)

  const startedAt = performance.now()
  const made = await copySource({
    binaries: deps.binaries,
    copy,
    plan,
    sourceUrl: source.url,
    outputPath: path,
    outputLimitBytes: OUTPUT_LIMIT_BYTES,
    // What a part may take: an encode that has to follow needs the rest.
    wallClockLimitSeconds: limits.partBudgetSeconds,
    stallLimitSeconds: limits.stallLimitSeconds,
    signal,
    onProgress: held.report,
  })
  const encodeSeconds = (performance.now() - startedAt) / 1000
  const unread = sourceFault(source)
  if (unread !== undefined) return unread
  if (made.kind === 'unsuited') {
    deps.logger.warn('source not copied', { jobId: lease.jobId, taskId: task.id, reason: made.reason, encodeSeconds })
    return { kind: 'not-copied' }
  }
  deps.logger.info('source copied', {
    ...{ jobId: lease.jobId, taskId: task.id, preset: preset.name, sound: copy.sound.kind, encodeSeconds },
    ...{ frames: made.output.frames, sourceBytes: task.sizeBytes, ...source.record },
  })

  const { width, height, durationSeconds, sizeBytes } = made.output
  const { extension, contentType } = copy.container
  const objectName = outputObjectName(lease.taskId, lease.token, `${preset.name}.${extension}`)
  const stored = await storeResult(deps.outputs, { path, sizeBytes, objectName, contentType }, signal)
  const madeOf = { sourceUrl: source.url, assetUrls: {}, threads: deps.threads }
  const previews = await attemptPreviews(deps, held, (place) =>
    previewWhole(place, plan, { path, ...made.output }, madeOf),
  )
  return await completeWithResult(deps, held, {
    ...{ preset, objectName, stored, width, height, durationSeconds, encodeSeconds, previews },
    sourceSeconds: copy.endSeconds - made.firstFrameSeconds,
    copied: { startsAtSeconds: copy.fromSeconds === null ? null : made.firstFrameSeconds },
  })
}
