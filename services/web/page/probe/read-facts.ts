import { ADTS, FLAC, type Input, type InputFormat, MP3, MP4, QTFF, WAVE } from 'mediabunny'
import type { FileFacts } from './file-facts.ts'

/**
 * Containers of which every track is found, also one whose codec is not known. Of others it is left out: in MPEG-TS; and in Matroska also one
 * that is compressed or marked as not enabled, which ffmpeg reads (mediabunny 1.61).
 */
const LISTED: readonly InputFormat[] = [MP4, QTFF]
/** What has sound, and no moving picture: a cover is none. */
const SOUND: readonly InputFormat[] = [MP3, WAVE, FLAC, ADTS]

/** What a file says of itself. Throws what mediabunny throws for what it cannot read. */
export const readFacts = async (input: Input): Promise<FileFacts> => {
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  const format = await input.getFormat()
  const isListed = LISTED.includes(format)
  const isSound = SOUND.includes(format)
  return {
    durationSeconds: (await input.getDurationFromMetadata()) ?? (await input.computeDuration()),
    width: (await video?.getDisplayWidth()) ?? null,
    height: (await video?.getDisplayHeight()) ?? null,
    videoCodec: (await video?.getCodec()) ?? null,
    audioCodec: (await audio?.getCodec()) ?? null,
    hasPicture: isSound ? false : video !== null || (isListed ? false : null),
    hasSound: isSound || audio !== null || (isListed ? false : null),
  }
}
