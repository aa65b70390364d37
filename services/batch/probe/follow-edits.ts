import type { Binaries } from '../ffmpeg/binaries.ts'
import { findLastPacket } from './find-last-packet.ts'
import type { VideoFacts } from './source-facts.ts'

// Less is not seen as missing (source-end.ts).
const TOLERANCE_SECONDS = 0.25

/**
 * Where the picture of an mp4 ends that begins late. Where its edit list also cuts off its end, what ffprobe calls its duration contains
 * the time before it began (run, 5.1): its last packets tell. A file whose end is missing by more than that is left to be found out.
 */
export const followEdits = async (
  { binaries, url, signal }: { binaries: Binaries; url: string; signal: AbortSignal },
  container: string,
  { index, startSeconds, endSeconds }: VideoFacts,
): Promise<number> => {
  if (container !== 'mp4' || startSeconds <= TOLERANCE_SECONDS) return endSeconds
  const found = await findLastPacket({ binaries, url, signal }, index, endSeconds)
  const missing = endSeconds - found
  return missing > TOLERANCE_SECONDS && missing <= startSeconds + TOLERANCE_SECONDS ? found : endSeconds
}
