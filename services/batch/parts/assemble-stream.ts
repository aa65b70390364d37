import type { Part } from '@reelway/shared/db/parts/part.ts'
import type { NewOutput, Result } from '@reelway/shared/db/tasks/complete.ts'
import { STREAM_DETAILS_TYPE } from '@reelway/shared/hls/stream-details.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { completeWithOutputs } from '../complete-with-outputs.ts'
import { counted } from '../counted.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { HeldLease } from '../lease.ts'
import { type CmafFile, joinHls } from '../mux/join-hls.ts'
import { attemptPreviews } from '../previews/attempt-previews.ts'
import { previewJoined } from '../previews/preview-joined.ts'
import { stretchOfBody } from '../previews/stretch-of-body.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { serveSource } from '../source/source.ts'
import { storeStream } from '../store.ts'
import { verifyStreamFile } from '../verify/verify-stream-file.ts'
import { detailsOfStream } from './details-of-stream.ts'
import { indexOfStream } from './index-of-stream.ts'
import { toPartObject } from './part-object.ts'

/**
 * Joins the parts of a stream to its files, one for each size of the picture and one for the sound, and stores beside them the index
 * and the details that its playlists are made of. As of a joined video, nothing is on the disk.
 */
export const assembleStream = async (
  deps: Dependencies,
  held: HeldLease,
  { plan, parts }: { plan: EncodePlan; parts: Part[] },
): Promise<AttemptResult> => {
  const ofStream = (stream: Part['stream']) => parts.filter((part) => part.stream === stream).map(toPartObject)
  const pieces = { picture: ofStream('picture'), sound: ofStream('sound') }
  const files = await joinHls(deps.reading.outputs, plan, pieces, held.signal)
  const totalBytes = files.reduce((sum, { layout }) => sum + layout.sizeBytes, 0)

  const outputs: NewOutput[] = []
  let storedBytes = 0
  for (const file of files) {
    const output = await storeFile(deps, held, plan, file, (bytes) => held.report((storedBytes + bytes) / totalBytes))
    outputs.push(output)
    storedBytes += output.sizeBytes
    const reason = await verify(deps, held, plan, file, output)
    if (reason === undefined) continue
    for (const { objectName, generation } of outputs) await deleteObject(deps.outputs, objectName, generation)
    return reason
  }
  const playlist = await storeIndex(deps, held, plan, files)
  const details = await storeDetails(deps, held, plan, files)
  const pictures = files.flatMap(({ picture }) => picture ?? [])
  const result = { pictures, durationSeconds: secondsOf(plan), body: stretchOfBody(plan) }
  const previews = await attemptPreviews(deps, held, (place) => previewJoined(place, result))
  const made: Result = { outputs: [playlist, details, ...outputs], previews }
  return await completeWithOutputs(deps, held, made, {
    presetName: plan.presetName,
    outputSeconds: secondsOf(plan),
    sourceSeconds: plan.source.endSeconds - plan.source.fromSeconds,
    encodeSeconds: parts.reduce((sum, { stored }) => sum + (stored?.encodeSeconds ?? 0), 0),
    parts: parts.length,
    copied: false,
  })
}

const secondsOf = ({ frames, frameRate }: EncodePlan): number => (frames.total * frameRate.den) / frameRate.num

const storeFile = async (
  deps: Dependencies,
  { lease, signal }: HeldLease,
  plan: EncodePlan,
  { name, layout, rendition, stream }: CmafFile,
  onBytes: (bytes: number) => void,
): Promise<NewOutput> => {
  const objectName = outputObjectName(lease.taskId, lease.token, `${name}.mp4`)
  const contentType = rendition === null ? 'audio/mp4' : 'video/mp4'
  const made = { sizeBytes: layout.sizeBytes, objectName, contentType, stream: () => counted(stream(), onBytes) }
  const { generation, sizeBytes, crc32c } = await storeStream(deps.outputs, made, signal)
  const size = { width: rendition?.width ?? null, height: rendition?.height ?? null }
  const durationSeconds = secondsOf(plan)
  return {
    name,
    objectName,
    generation,
    contentType,
    sizeBytes,
    crc32c,
    ...size,
    durationSeconds,
    encoder: deps.binaries.version,
  }
}

/** Undefined: the stored file is what was planned. */
const verify = async (
  deps: Dependencies,
  { signal }: HeldLease,
  plan: EncodePlan,
  file: CmafFile,
  { objectName, generation, sizeBytes }: NewOutput,
): Promise<Extract<AttemptResult, { kind: 'failed' }> | undefined> => {
  await using served = await serveSource(deps.reading.outputs.file(objectName, { generation }), sizeBytes)
  const reason = await verifyStreamFile(deps.binaries, { url: served.url, sizeBytes }, { plan, ...file }, signal)
  if (reason === undefined) return undefined
  const unread = served.record.failure
  return unread === undefined
    ? { kind: 'failed', code: 'result_rejected', detail: `${file.name}: ${reason}` }
    : { kind: 'failed', code: 'result_not_stored', detail: unread instanceof Error ? unread.message : '' }
}

const storeIndex = async (
  deps: Dependencies,
  held: HeldLease,
  plan: EncodePlan,
  files: readonly CmafFile[],
): Promise<NewOutput> => {
  const stored = await storeJson(deps, held, 'playlist.m3u8', indexOfStream(files, plan.frameRate))
  const { width, height } = plan.renditions?.[0] ?? plan.canvas
  const { contentType } = plan.container
  return { ...stored, name: 'playlist', contentType, width, height, durationSeconds: secondsOf(plan) }
}

/** An output of its own, which web does not show: an older one could not read an index with more in it. */
const storeDetails = async (
  deps: Dependencies,
  held: HeldLease,
  plan: EncodePlan,
  files: readonly CmafFile[],
): Promise<NewOutput> => ({
  ...(await storeJson(deps, held, 'details.json', detailsOfStream(files, plan))),
  name: 'details',
  contentType: STREAM_DETAILS_TYPE,
  width: null,
  height: null,
  durationSeconds: null,
})

const storeJson = async (
  { outputs, binaries }: Dependencies,
  { lease, signal }: HeldLease,
  fileName: string,
  value: object,
) => {
  const bytes = Buffer.from(JSON.stringify(value))
  const objectName = outputObjectName(lease.taskId, lease.token, fileName)
  const made = { sizeBytes: bytes.length, objectName, contentType: 'application/json', stream: () => once(bytes) }
  const { generation, sizeBytes, crc32c } = await storeStream(outputs, made, signal)
  return { objectName, generation, sizeBytes, crc32c, encoder: binaries.version }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
