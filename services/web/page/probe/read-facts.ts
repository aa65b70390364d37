import type { Input } from 'mediabunny'
import type { FileFacts } from './file-facts.ts'

/** What a file says of itself. Throws what mediabunny throws for what it cannot read. */
export const readFacts = async (input: Input): Promise<FileFacts> => {
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  return {
    durationSeconds: (await input.getDurationFromMetadata()) ?? (await input.computeDuration()),
    width: (await video?.getDisplayWidth()) ?? null,
    height: (await video?.getDisplayHeight()) ?? null,
    videoCodec: (await video?.getCodec()) ?? null,
    audioCodec: (await audio?.getCodec()) ?? null,
  }
}
