import { join } from 'node:path'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import { releaseJob } from '@reelway/shared/db/jobs/release.ts'
import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { jobMessage } from '@reelway/shared/message/body.ts'
import { type PushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'
import { findPreset } from '@reelway/shared/presets/catalogue.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import { outputObjectName, sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { isNotFound } from '@reelway/shared/storage/storage-errors.ts'
import type { Outcome } from '../ack-policy.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import { type HeldLease, holdLease, LeaseLost, ShuttingDown } from '../lease.ts'
import { type SourceRecord, serveSource } from '../source.ts'
import { storeResult } from '../store.ts'
import { planTranscode } from '../transcode/plan.ts'
import { probeSource } from '../transcode/probe.ts'
import type { Failed, Refused } from '../transcode/refusal.ts'
import { summariseSource } from '../transcode/summarise.ts'
import { transcodeSource } from '../transcode/transcode.ts'
import { makeWorkFolder } from '../work-folder.ts'
import { giveUp } from './give-up.ts'

type Completed = { kind: 'completed' } | { kind: 'superseded' }

/** One delivery of a convert job, from the claim of its lease to the settled task. */
export const convert = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const message = readMessage(jobMessage, envelope)
  if (message === undefined) return { kind: 'malformed', reason: 'the message names no job' }
  const claim = await claimJob(deps.db, message.jobId)
  if (claim.kind === 'attempts-exhausted') return giveUp(deps, message.jobId)
  if (claim.kind !== 'claimed') return claim

  await using held = holdLease(deps.db, claim.lease, deps.stopping, deps.logger)
  try {
    const result = await work(deps, held)
    return await settle(deps, held, result)
  } catch (error) {
    return await giveBack(deps, held, error)
  }
}

/** Source → probe → plan → transcode → store → complete. Every await may throw the reason for which the lease was aborted. */
const work = async (deps: Dependencies, held: HeldLease): Promise<Completed | Refused | Failed> => {
  const { db, config, binaries, logger } = deps
  const { lease, signal } = held
  const limits = conversionLimits(config.ACK_DEADLINE_SECONDS)
  const task = await startTask(db, lease)
  if (task === undefined) return { kind: 'superseded' }
  const preset = findPreset(task.preset)
  // Known to web but not to us: a newer revision of batch will know it.
  if (preset === undefined) return { kind: 'failed', code: 'internal', detail: `no preset ${task.preset}` }

  await using folder = await makeWorkFolder(deps.workDirectory)
  await using source = await serveSource(sourceFile(deps, task), task.sizeBytes)
  const probed = await probeSource(binaries, source.url, signal)
  const unread = sourceFault(source.record)
  if (unread !== undefined) return unread
  if (probed.kind !== 'probed') return probed
  const planned = planTranscode(probed.facts, preset, {
    encodeBudgetSeconds: limits.encodeBudgetSeconds,
    cores: deps.threads,
  })
  const plan = planned.kind === 'planned' ? planned.plan : null
  if (!(await recordPlan(db, lease, plan, summariseSource(probed.facts)))) return { kind: 'superseded' }
  if (planned.kind === 'refused') return planned

  const outputPath = join(folder.path, `result.${preset.container.extension}`)
  const startedAt = performance.now()
  const encoded = await transcodeSource({
    binaries,
    plan: planned.plan,
    sourceUrl: source.url,
    outputPath,
    threads: deps.threads,
    wallClockLimitSeconds: limits.wallClockLimitSeconds,
    stallLimitSeconds: limits.stallLimitSeconds,
    signal,
    onProgress: held.report,
  })
  logger.info('transcoded', {
    jobId: lease.jobId,
    outcome: encoded.kind,
    preset: preset.name,
    frames: planned.plan.frames.total,
    estimateSeconds: planned.plan.estimateSeconds,
    encodeSeconds: (performance.now() - startedAt) / 1000,
    sourceBytes: task.sizeBytes,
    ...source.record,
  })
  const fault = sourceFault(source.record)
  if (fault !== undefined) return fault
  if (encoded.kind !== 'encoded') return encoded

  const { output } = encoded
  const { extension, contentType } = preset.container
  const objectName = outputObjectName(task.id, lease.token, `${preset.name}.${extension}`)
  const stored = await storeResult(
    deps.outputs,
    { path: outputPath, sizeBytes: output.sizeBytes, objectName, contentType },
    signal,
  )
  const { width, height, durationSeconds } = output
  const completed = await completeTask(db, lease, {
    name: 'video',
    objectName,
    generation: stored.generation,
    contentType,
    sizeBytes: stored.sizeBytes,
    crc32c: stored.crc32c,
    width,
    height,
    durationSeconds,
    encoder: binaries.version,
  })
  if (completed) return { kind: 'completed' }
  await deleteObject(deps.outputs, objectName, stored.generation)
  return { kind: 'superseded' }
}

const sourceFile = ({ reading }: Dependencies, task: TaskRow) => {
  if (task.sourceGeneration === null) throw new Error('a job was made for a task without an upload')
  return reading.uploads.file(sourceObjectName(task.id), { generation: task.sourceGeneration })
}

/** A failed read explains whatever ffmpeg made of it: ffmpeg takes a broken source for its end. */
const sourceFault = ({ failure }: SourceRecord): Refused | Failed | undefined => {
  if (failure === undefined) return undefined
  if (isNotFound(failure)) return { kind: 'refused', code: 'source_missing', parameters: {} }
  return { kind: 'failed', code: 'source_unreachable', detail: failure instanceof Error ? failure.message : '' }
}

const settle = async (deps: Dependencies, held: HeldLease, result: Completed | Refused | Failed): Promise<Outcome> => {
  const { taskId } = held.lease
  switch (result.kind) {
    case 'completed':
      return { kind: 'completed', taskId }
    case 'superseded':
      return { kind: 'superseded' }
    case 'refused': {
      const { code, parameters } = result
      const failed = await failTask(deps.db, held.lease, { code, parameters })
      return failed ? { kind: 'refused', taskId, code } : { kind: 'superseded' }
    }
    case 'failed':
      deps.logger.warn('attempt failed', { ...held.lease, code: result.code, detail: result.detail })
      await releaseJob(deps.db, held.lease, result.code)
      return { kind: 'try-again', code: result.code }
    default:
      return result satisfies never
  }
}

/** What was thrown: the reason of the lease's signal, an error of the catalogue, or something unexpected, which is tried again. */
const giveBack = async (deps: Dependencies, held: HeldLease, error: unknown): Promise<Outcome> => {
  const { db, logger } = deps
  const reason = held.signal.aborted ? held.signal.reason : error
  if (reason instanceof LeaseLost) {
    logger.info('work stopped', { ...held.lease, reason: reason.message })
    return { kind: 'superseded' }
  }
  if (reason instanceof ShuttingDown) {
    await releaseJob(db, held.lease, undefined)
    return { kind: 'shutting-down' }
  }
  const code: ErrorCode = reason instanceof ReelwayError ? reason.code : 'attempts_exhausted'
  if (reason instanceof ReelwayError && errorCatalogue[code].kind === 'permanent') {
    return settle(deps, held, { kind: 'refused', code, parameters: reason.parameters })
  }
  logger.error('attempt failed', { ...held.lease, code, err: reason })
  await releaseJob(db, held.lease, code)
  return { kind: 'try-again', code }
}
