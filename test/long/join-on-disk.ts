import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Storage } from '@google-cloud/storage'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { joinParts } from '@reelway/batch/mux/join-parts.ts'
import { openLocalPlace } from '../contract/storage-place.ts'
import type { PartOnDisk } from '../integration/transcode/encode-parts.ts'

/** Puts parts into a storage, as batch does, and joins them from there; the path of the result. */
export const joinOnDisk = async (plan: EncodePlan, parts: readonly PartOnDisk[], folder: string): Promise<string> => {
  const place = await openLocalPlace()
  try {
    const stored = await Promise.all(parts.map(async (made) => ({ made, object: await store(place.storage, made) })))
    const ofStream = (stream: 'picture' | 'sound') =>
      stored.filter(({ made }) => made.part.stream === stream).map(({ object }) => object)
    const reader = new Storage({
      projectId: 'local',
      apiEndpoint: place.server.url,
      retryOptions: { autoRetry: false },
    })
    const { container, frameRate, canvas, audio } = plan
    const request = { container: container.format, frameRate, canvas, soundSamples: audio?.samples.body ?? null }
    const pieces = { picture: ofStream('picture'), sound: ofStream('sound') }
    const joined = await joinParts(reader.bucket('contract'), { ...request, ...pieces }, new AbortController().signal)
    const path = join(folder, 'joined')
    await writeFile(path, joined.stream())
    return path
  } finally {
    await place.close()
  }
}

const store = async (storage: Storage, { part, path, lead }: PartOnDisk): Promise<PartObject> => {
  const bytes = await readFile(path)
  const file = storage.bucket('contract').file(`${part.stream}-${part.start}`)
  await file.save(bytes, { resumable: false })
  const [{ generation }] = await file.getMetadata()
  const place = { objectName: file.name, generation: String(generation), sizeBytes: bytes.length }
  return { ...place, lead, samples: part.end - part.start }
}
