import type { StreamDetails } from '@reelway/shared/hls/stream-details.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { CmafFile } from '../mux/join-hls.ts'

/** What the playlists of a stream say beyond its index. */
export const detailsOfStream = (files: readonly CmafFile[], { metadata, audio }: EncodePlan): StreamDetails => ({
  title: metadata.tags.find(({ name }) => name === 'title')?.value ?? null,
  soundLanguage: audio === null ? null : metadata.soundLanguage,
  keyFrames: Object.fromEntries(
    files
      .filter(({ rendition }) => rendition !== null)
      .map(({ name, keyFrames }) => [
        name,
        keyFrames.map(({ firstByte, sizeBytes, durationSeconds }) => [firstByte, sizeBytes, durationSeconds]),
      ]),
  ),
})
