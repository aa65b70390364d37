import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Storage } from '@google-cloud/storage'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import type { AssetUrls } from '@reelway/batch/ffmpeg/input-args.ts'
import { legsOf } from '@reelway/batch/ffmpeg/legs-of.ts'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { joinHls } from '@reelway/batch/mux/join-hls.ts'
import { detailsOfStream } from '@reelway/batch/parts/details-of-stream.ts'
import { indexOfStream } from '@reelway/batch/parts/index-of-stream.ts'
import type { StreamDetails } from '@reelway/shared/hls/stream-details.ts'
import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'
import { KEY_FRAMES, renderKeyFrameMedia, renderMaster, renderMedia } from '@reelway/web/hls/render-playlists.ts'
import { openLocalPlace } from '../../contract/storage-place.ts'
import { encodeOne, type PartOnDisk, rangesOf } from './encode-parts.ts'

/**
 * Makes a stream of a plan as batch does, in parts that end with its legs and at the given frames and packets, and writes it into a folder
 * with its playlists: master.m3u8, and for each file NAME.mp4, NAME.m3u8, and NAME-key-frames.m3u8.
 */
export const makeStream = async (
  plan: EncodePlan,
  sourceUrl: string,
  folder: string,
  { frames = [], packets = [], assetUrls = {} }: { frames?: number[]; packets?: number[]; assetUrls?: AssetUrls } = {},
): Promise<StreamIndex> => {
  const ends = new Set([...frames, ...legsOf(plan.frames).map(({ end }) => end)])
  const ranges = [
    ...rangesOf(
      'picture',
      [...ends].toSorted((a, b) => a - b),
    ),
    ...(plan.audio === null ? [] : rangesOf('sound', [...packets, countSoundPackets(plan.audio)])),
  ]
  const place = await openLocalPlace()
  try {
    const parts: { made: PartOnDisk; object: PartObject }[] = []
    for (const range of ranges) {
      const made = await encodeOne(plan, range, sourceUrl, folder, assetUrls)
      parts.push({ made, object: await store(place.storage, made) })
    }
    const ofStream = (stream: 'picture' | 'sound') =>
      parts.filter(({ made }) => made.part.stream === stream).map(({ object }) => object)
    const retryOptions = { autoRetry: false }
    const reader = new Storage({ projectId: 'local', apiEndpoint: place.server.url, retryOptions })
    const signal = new AbortController().signal
    const pieces = { picture: ofStream('picture'), sound: ofStream('sound') }
    const files = await joinHls(reader.bucket('contract'), plan, pieces, signal)
    for (const file of files) await writeFile(join(folder, `${file.name}.mp4`), file.stream())
    const index = indexOfStream(files, plan.frameRate)
    await writePlaylists(index, detailsOfStream(files, plan), folder)
    return index
  } finally {
    await place.close()
  }
}

const writePlaylists = async (index: StreamIndex, details: StreamDetails, folder: string): Promise<void> => {
  const write = (name: string, text = '') => writeFile(join(folder, `${name}.m3u8`), text)
  for (const file of [...index.video, ...(index.sound === null ? [] : [index.sound])]) {
    await write(file.name, renderMedia(file, index, `${file.name}.mp4`))
    await write(`${file.name}${KEY_FRAMES}`, renderKeyFrameMedia(file, details, `${file.name}.mp4`))
  }
  await write(
    'master',
    renderMaster(index, details, (name) => `${name}.m3u8`),
  )
}

const store = async (storage: Storage, { part, path, lead }: PartOnDisk): Promise<PartObject> => {
  const bytes = await readFile(path)
  const file = storage.bucket('contract').file(`${part.stream}-${part.start}`)
  await file.save(bytes, { resumable: false })
  const [{ generation }] = await file.getMetadata()
  const place = { objectName: file.name, generation: String(generation), sizeBytes: bytes.length }
  return { ...place, lead, samples: part.end - part.start }
}
