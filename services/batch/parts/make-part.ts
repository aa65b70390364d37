import { join } from 'node:path'
import { findPart } from '@reelway/shared/db/parts/find.ts'
import { finishPart } from '@reelway/shared/db/parts/finish.ts'
import type { Part } from '@reelway/shared/db/parts/part.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { learnCost } from '../learn-cost.ts'
import type { HeldLease } from '../lease.ts'
import type { Failed, Refused } from '../refusal.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { type Assets, assetFault, readAssets } from '../source/read-assets.ts'
import { readSource, sourceFault } from '../source/read-source.ts'
import type { Source } from '../source/source.ts'
import { type EncodedPart, encodePart } from '../transcode/encode-part.ts'
import type { HandedOver } from '../transcode/hand-over.ts'
import { makeWorkFolder } from '../work-folder.ts'
import { passOnRest, planPartOf } from './pass-on-rest.ts'
import { readPlan } from './read-plan.ts'
import { storePart } from './store-part.ts'

/**
 * The work of one attempt at a part: source → encode its range → store → count it. When the encode takes longer than was
 * estimated, what there is by then is kept and the rest is cut again.
 */
export const makePart = async (deps: Dependencies, held: HeldLease, partId: string): Promise<AttemptResult> => {
  const task = await startTask(deps.db, held.lease)
  if (task === undefined) return { kind: 'superseded' }
  const part = await findPart(deps.db, partId)
  if (part === undefined) throw new Error('a job was made for a part that is not there')
  const read = await readPlan(deps, held, task)
  if (read.kind !== 'plan') return read
  const { plan } = read

  await using folder = await makeWorkFolder(deps.workDirectory)
  const path = join(folder.path, 'part.mp4')
  await using source = await readSource(deps, task)
  await using assets = await readAssets(deps, task)
  const encoded = await encode(deps, held, { part, plan, path, source, assets })
  switch (encoded.kind) {
    case 'encoded-part':
      await learnCostOf(deps, plan, part, { frames: part.end - part.start, ...encoded })
      return await finish(deps, held, part, { ...encoded, path })
    case 'handed-over':
      await learnCostOf(deps, plan, part, { frames: encoded.kept, ...encoded })
      return await passOnRest(deps, held, { plan, part, path, encoded })
    default:
      return encoded
  }
}

const encode = async (
  deps: Dependencies,
  held: HeldLease,
  { part, plan, path, source, assets }: { part: Part; plan: EncodePlan; path: string; source: Source; assets: Assets },
): Promise<EncodedPart | HandedOver | Refused | Failed> => {
  const missing = assetFault(assets)
  if (missing !== undefined) return missing
  const { handOverAfterSeconds, stallLimitSeconds } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  const encoded = await encodePart({
    binaries: deps.binaries,
    plan,
    part: planPartOf(part),
    sourceUrl: source.url,
    assetUrls: assets.urls,
    outputPath: path,
    threads: deps.threads,
    handOverAfterSeconds: handOverAfterSeconds - held.ageSeconds(),
    stallLimitSeconds,
    signal: held.signal,
    onProgress: held.report,
  })
  deps.logger.info('part transcoded', {
    jobId: held.lease.jobId,
    partId: part.id,
    stream: part.stream,
    start: part.start,
    end: part.end,
    outcome: encoded.kind,
    estimateSeconds: plan.estimateSeconds * part.weight,
    ...('encodeSeconds' in encoded && { encodeSeconds: encoded.encodeSeconds }),
    ...source.record,
  })
  return sourceFault(source) ?? assetFault(assets) ?? encoded
}

const finish = async (
  deps: Dependencies,
  held: HeldLease,
  part: Part,
  made: EncodedPart & { path: string },
): Promise<AttemptResult> => {
  const stored = await storePart(deps, held, part.id, made)
  const finished = await finishPart(deps.db, held.lease, part.id, stored)
  if (finished !== 'superseded') return { kind: 'part-done' }
  await deleteObject(deps.outputs, stored.objectName, stored.generation)
  return { kind: 'superseded' }
}

/** Sound costs little, by another measure: only pictures teach. */
const learnCostOf = async (
  deps: Dependencies,
  plan: EncodePlan,
  { stream, weight, start, end }: Part,
  encoded: { frames: number; encodeSeconds: number },
): Promise<void> => {
  if (stream !== 'picture') return
  const estimateSeconds = (plan.estimateSeconds * weight * encoded.frames) / (end - start)
  await learnCost(deps, { presetName: plan.presetName, estimateSeconds, encodeSeconds: encoded.encodeSeconds })
}
