import { join } from 'node:path'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { SoundPreset } from '@reelway/shared/presets/schema.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { completeWithResult } from '../complete-with-result.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import { loudnessOfSoundArgs } from '../ffmpeg/loudness-args.ts'
import type { SoundPlan } from '../ffmpeg/sound-plan.ts'
import type { HeldLease } from '../lease.ts'
import { estimateReadingSeconds } from '../plan/estimate-reading.ts'
import { mayCopySound } from '../plan/may-copy-sound.ts'
import { planSoundAlone } from '../plan/plan-sound-alone.ts'
import { attemptPreviews } from '../previews/attempt-previews.ts'
import { previewCover } from '../previews/preview-cover.ts'
import { probeSource } from '../probe/probe.ts'
import type { SourceFacts } from '../probe/source-facts.ts'
import { summariseSource } from '../probe/summarise.ts'
import type { Failed, Refused } from '../refusal.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { sourceFault } from '../source/read-source.ts'
import type { Source } from '../source/source.ts'
import { storeResult } from '../store.ts'
import { copySound } from '../transcode/copy-sound.ts'
import { makeCover } from '../transcode/make-cover.ts'
import { OUTPUT_LIMIT_BYTES } from '../transcode/output-limit.ts'
import { soundEntryPoints } from '../transcode/sound-entry-points.ts'
import { transcodeSound } from '../transcode/transcode-sound.ts'
import { makeWorkFolder } from '../work-folder.ts'
import { planLoudness } from './plan-loudness.ts'

type Work = { task: TaskRow; preset: SoundPreset; source: Source }

/** The work of one attempt at a task that asks for sound alone: probe → plan → copy or encode → store → complete, all in one delivery. */
export const convertSound = async (deps: Dependencies, held: HeldLease, work: Work): Promise<AttemptResult> => {
  const planned = await plan(deps, held, work)
  const unread = sourceFault(work.source)
  if (unread !== undefined) return unread
  return planned.kind === 'planned' ? await encode(deps, held, work, planned) : planned
}

type Planned = { kind: 'planned'; plan: SoundPlan; mayBeCopied: boolean; coverIndex: number | null }

const plan = async (
  deps: Dependencies,
  held: HeldLease,
  { task, preset, source }: Work,
): Promise<Planned | Refused | Failed | { kind: 'superseded' }> => {
  const { binaries, config, db } = deps
  const probed = await probeSource(binaries, source.url, held.signal)
  if (probed.kind !== 'probed') return probed
  const decided = planSoundAlone(probed.facts, preset, task.options, {
    soundBudgetSeconds: conversionLimits(config.ACK_DEADLINE_SECONDS).soundBudgetSeconds,
    sourceBytes: task.sizeBytes,
    outputLimitBytes: OUTPUT_LIMIT_BYTES,
  })
  const planned =
    decided.kind === 'planned'
      ? await withLoudness(deps, held, { task, source, facts: probed.facts }, decided.plan)
      : decided
  if (planned.kind === 'failed') return planned
  const recorded = planned.kind === 'planned' ? planned.plan : null
  const isHeld = await recordPlan(db, held.lease, recorded, summariseSource(probed.facts))
  if (!isHeld) return { kind: 'superseded' }
  if (planned.kind !== 'planned') return planned
  const mayBeCopied = mayCopySound(probed.facts, preset, task.options)
  return { ...planned, mayBeCopied, coverIndex: probed.facts.coverIndex }
}

const withLoudness = async (
  deps: Dependencies,
  held: HeldLease,
  { task, source, facts }: Pick<Work, 'task' | 'source'> & { facts: SourceFacts },
  plan: SoundPlan,
): Promise<{ kind: 'planned'; plan: SoundPlan } | Refused | Failed> => {
  const asked = task.options.loudness
  if (asked === undefined) return { kind: 'planned', plan }
  const read = { sourceBytes: task.sizeBytes, durationSeconds: facts.durationSeconds }
  const measured = await planLoudness(deps, held, {
    asked,
    run: {
      argvAt: ({ fromSeconds }) => loudnessOfSoundArgs(plan, source.url, fromSeconds),
      entryPoints: soundEntryPoints(plan),
    },
    decodedSeconds: plan.source.endSeconds - plan.source.enteredSeconds,
    readingSeconds: estimateReadingSeconds(read, plan.source.readSeconds, plan.source.enteredSeconds),
    isEncodedHere: true,
  })
  return measured.kind === 'gain' ? { kind: 'planned', plan: { ...plan, gainDb: measured.gainDb } } : measured
}

const encode = async (
  deps: Dependencies,
  held: HeldLease,
  { task, preset, source }: Work,
  { plan, mayBeCopied, coverIndex }: Planned,
): Promise<AttemptResult> => {
  const { wallClockLimitSeconds, stallLimitSeconds } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  const { lease, signal } = held
  await using folder = await makeWorkFolder(deps.workDirectory)
  const path = join(folder.path, `result.${preset.container.extension}`)
  const startedAt = performance.now()
  const coverPath = join(folder.path, 'cover.jpg')
  const cover = await makeCover({ binaries: deps.binaries, plan, sourceUrl: source.url, coverPath, signal })
  if (cover.kind === 'dropped') {
    deps.logger.warn('cover dropped', { jobId: lease.jobId, taskId: task.id, reason: cover.reason })
  }
  const request = () => ({
    ...{ binaries: deps.binaries, plan, sourceUrl: source.url, outputPath: path, stallLimitSeconds, signal },
    ...(cover.kind === 'made' && { coverPath }),
    wallClockLimitSeconds: wallClockLimitSeconds - held.ageSeconds(),
    onProgress: held.report,
  })
  const copied = mayBeCopied ? await copySound(request()) : undefined
  const notRead = sourceFault(source)
  if (notRead !== undefined) return notRead
  if (copied?.kind === 'unsuited') {
    deps.logger.warn('source not copied', { jobId: lease.jobId, taskId: task.id, reason: copied.reason })
  }
  const encoded = copied?.kind === 'encoded' ? copied : await transcodeSound(request())
  const encodeSeconds = (performance.now() - startedAt) / 1000
  deps.logger.info(copied === encoded ? 'source copied' : 'transcoded', {
    jobId: lease.jobId,
    outcome: encoded.kind,
    preset: preset.name,
    estimateSeconds: plan.estimateSeconds,
    sourceSeconds: plan.source.endSeconds,
    encodeSeconds,
    sourceBytes: task.sizeBytes,
    ...source.record,
  })
  const unread = sourceFault(source)
  if (unread !== undefined) return unread
  if (encoded.kind !== 'encoded') return encoded

  const { durationSeconds, sizeBytes } = encoded.output
  const { extension, contentType } = preset.container
  const objectName = outputObjectName(lease.taskId, lease.token, `${preset.name}.${extension}`)
  const stored = await storeResult(deps.outputs, { path, sizeBytes, objectName, contentType }, signal)
  const sourceSeconds = plan.source.endSeconds - plan.source.fromSeconds
  const previews =
    coverIndex === null
      ? null
      : await attemptPreviews(deps, held, (place) => previewCover(place, source.url, coverIndex))
  return await completeWithResult(deps, held, {
    ...{ preset, objectName, stored, durationSeconds, sourceSeconds, encodeSeconds, width: null, height: null },
    previews,
    ...(copied === encoded && { copied: { startsAtSeconds: null } }),
  })
}
