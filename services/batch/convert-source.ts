import { join } from 'node:path'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { findPreset } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { isNotFound } from '@reelway/shared/storage/storage-errors.ts'
import { completeWithResult, type Effort } from './complete-with-result.ts'
import { conversionLimits } from './conversion-limits.ts'
import type { Dependencies } from './dependencies.ts'
import type { HeldLease } from './lease.ts'
import type { AttemptResult } from './settle-attempt.ts'
import { type Source, serveSource } from './source.ts'
import { planTranscode } from './transcode/plan.ts'
import { probeSource } from './transcode/probe.ts'
import type { Failed, Refused } from './transcode/refusal.ts'
import { summariseSource } from './transcode/summarise.ts'
import { type Encoded, transcodeSource } from './transcode/transcode.ts'
import { makeWorkFolder } from './work-folder.ts'

/**
 * The work of one attempt: source → probe → plan → transcode → store → complete. Whatever it waits for may throw the reason for
 * which the lease was aborted. Nothing of it stays on disk.
 */
export const convertSource = async (deps: Dependencies, held: HeldLease): Promise<AttemptResult> => {
  const task = await startTask(deps.db, held.lease)
  if (task === undefined) return { kind: 'superseded' }
  const preset = findPreset(task.preset)
  // Known to web but not to us: a newer revision of batch will know it.
  if (preset === undefined) return { kind: 'failed', code: 'internal', detail: `no preset ${task.preset}` }

  await using folder = await makeWorkFolder(deps.workDirectory)
  const path = join(folder.path, `result.${preset.container.extension}`)
  const encoded = await encode(deps, held, task, preset, path)
  if (encoded.kind !== 'encoded') return encoded
  return await completeWithResult(deps, held, { preset, path, ...encoded.output, ...encoded.effort })
}

const encode = async (
  deps: Dependencies,
  held: HeldLease,
  task: TaskRow,
  preset: Preset,
  outputPath: string,
): Promise<(Encoded & { effort: Effort }) | AttemptResult> => {
  const { binaries, threads } = deps
  const { wallClockLimitSeconds, stallLimitSeconds, ...budgets } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  await using source = await serveSource(sourceFile(deps, task), task.sizeBytes)
  const probed = await probeSource(binaries, source.url, held.signal)
  const unread = sourceFault(source)
  if (unread !== undefined) return unread
  if (probed.kind !== 'probed') return probed

  const planned = planTranscode(probed.facts, preset, {
    ...budgets,
    cores: threads,
    costFactor: undefined,
    sourceBytes: task.sizeBytes,
  })
  const plan = planned.kind === 'planned' ? planned.plan : null
  if (!(await recordPlan(deps.db, held.lease, plan, summariseSource(probed.facts)))) return { kind: 'superseded' }
  if (planned.kind === 'refused') return planned

  const startedAt = performance.now()
  const encoded = await transcodeSource({
    binaries,
    plan: planned.plan,
    sourceUrl: source.url,
    outputPath,
    threads,
    wallClockLimitSeconds,
    stallLimitSeconds,
    signal: held.signal,
    onProgress: held.report,
  })
  const effort = { sourceSeconds: probed.facts.video.endSeconds, encodeSeconds: (performance.now() - startedAt) / 1000 }
  deps.logger.info('transcoded', {
    jobId: held.lease.jobId,
    outcome: encoded.kind,
    preset: preset.name,
    frames: planned.plan.frames.total,
    estimateSeconds: planned.plan.estimateSeconds,
    ...effort,
    sourceBytes: task.sizeBytes,
    ...source.record,
  })
  // Until the rest of it can be given to others, what it has is of no use.
  if (encoded.kind === 'handed-over') {
    return { kind: 'refused', code: 'conversion_timed_out', parameters: { limitSeconds: wallClockLimitSeconds } }
  }
  return sourceFault(source) ?? (encoded.kind === 'encoded' ? { ...encoded, effort } : encoded)
}

const sourceFile = ({ reading }: Dependencies, task: TaskRow) => {
  if (task.sourceGeneration === null) throw new Error('a job was made for a task without an upload')
  return reading.uploads.file(sourceObjectName(task.id), { generation: task.sourceGeneration })
}

/** A failed read explains whatever ffmpeg made of it: ffmpeg takes a broken source for its end. */
const sourceFault = ({ record: { failure } }: Source): Refused | Failed | undefined => {
  if (failure === undefined) return undefined
  if (isNotFound(failure)) return { kind: 'refused', code: 'source_missing', parameters: {} }
  return { kind: 'failed', code: 'source_unreachable', detail: failure instanceof Error ? failure.message : '' }
}
