import { listParts } from '@reelway/shared/db/parts/find.ts'
import type { Part } from '@reelway/shared/db/parts/part.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { findPreset } from '@reelway/shared/presets/catalogue.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import type { ObjectFacts } from '@reelway/shared/storage/object-facts.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { completeWithResult } from '../complete-with-result.ts'
import { counted } from '../counted.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { countSamples } from '../ffmpeg/sound-packets.ts'
import type { HeldLease } from '../lease.ts'
import { descriptionOf } from '../mux/description-of.ts'
import { joinParts } from '../mux/join-parts.ts'
import { attemptPreviews } from '../previews/attempt-previews.ts'
import { previewJoined } from '../previews/preview-joined.ts'
import { stretchOfBody } from '../previews/stretch-of-body.ts'
import type { Failed } from '../refusal.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { serveSource } from '../source/source.ts'
import { storeStream } from '../store.ts'
import { verifyStored } from '../verify/verify.ts'
import { assembleStream } from './assemble-stream.ts'
import { toPartObject } from './part-object.ts'
import { readPlan } from './read-plan.ts'

/**
 * The work of one attempt at joining the parts of a task: read their sample tables → stream their samples into the result →
 * verify → complete. Neither a part nor the result is ever on the disk.
 */
export const assembleParts = async (deps: Dependencies, held: HeldLease): Promise<AttemptResult> => {
  const task = await startTask(deps.db, held.lease)
  if (task === undefined) return { kind: 'superseded' }
  const read = await readPlan(deps, held, task)
  if (read.kind !== 'plan') return read
  const { plan } = read
  const preset = findPreset(task.preset)
  if (preset === undefined) return { kind: 'failed', code: 'internal', detail: `no preset ${task.preset}` }
  const parts = await partsOf(deps, task)

  if (plan.renditions !== null) return await assembleStream(deps, held, { plan, parts })

  const joined = await joinParts(deps.reading.outputs, joinRequest(plan, parts), held.signal)
  const { extension, contentType } = preset.container
  const objectName = outputObjectName(task.id, held.lease.token, `${preset.name}.${extension}`)
  const stream = () => counted(joined.stream(), (bytes) => held.report(bytes / joined.sizeBytes))
  const stored = await storeStream(
    deps.outputs,
    { sizeBytes: joined.sizeBytes, objectName, contentType, stream },
    held.signal,
  )
  const rejected = await verify(deps, held, { objectName, stored, plan })
  if (rejected !== undefined) return rejected
  const durationSeconds = (plan.frames.total * plan.frameRate.den) / plan.frameRate.num
  const result = { pictures: [joined.picture], durationSeconds, body: stretchOfBody(plan) }
  const previews = await attemptPreviews(deps, held, (place) => previewJoined(place, result))
  return await completeWithResult(deps, held, {
    preset,
    objectName,
    stored,
    width: plan.canvas.width,
    height: plan.canvas.height,
    durationSeconds,
    sourceSeconds: plan.source.endSeconds - plan.source.fromSeconds,
    previews,
    encodeSeconds: parts.reduce((sum, { stored }) => sum + (stored?.encodeSeconds ?? 0), 0),
    parts: parts.length,
  })
}

/** Undefined: the stored result is what was planned. Else it is removed again. */
const verify = async (
  deps: Dependencies,
  { signal }: HeldLease,
  { objectName, stored, plan }: { objectName: string; stored: ObjectFacts; plan: EncodePlan },
): Promise<Failed | undefined> => {
  const { sizeBytes, generation } = stored
  await using served = await serveSource(deps.reading.outputs.file(objectName, { generation }), sizeBytes)
  const verdict = await verifyStored(deps.binaries, { url: served.url, sizeBytes }, plan, signal)
  if (verdict.kind === 'verified') return undefined
  // It may be good, but nobody knows: another attempt joins the same parts.
  const unread = served.record.failure
  await deleteObject(deps.outputs, objectName, generation)
  if (unread !== undefined) {
    return { kind: 'failed', code: 'result_not_stored', detail: unread instanceof Error ? unread.message : '' }
  }
  return {
    kind: 'failed',
    code: 'result_rejected',
    detail: verdict.kind === 'rejected' ? verdict.reason : 'it is empty',
  }
}

const partsOf = async ({ db }: Dependencies, task: TaskRow): Promise<Part[]> => {
  if (task.planKey === null) throw new Error('a job was made to assemble a task without parts')
  return await listParts(db, task.id, task.planKey)
}

const joinRequest = (plan: EncodePlan, parts: Part[]) => ({
  container: plan.container.format,
  frameRate: plan.frameRate,
  canvas: plan.canvas,
  picture: parts.filter(({ stream }) => stream === 'picture').map(toPartObject),
  sound: parts.filter(({ stream }) => stream === 'sound').map(toPartObject),
  soundSamples: plan.audio === null ? null : countSamples(plan.audio),
  description: descriptionOf(plan),
})
