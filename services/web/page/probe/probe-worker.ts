import { ALL_FORMATS, BlobSource, Input } from 'mediabunny'
import type { FileFacts } from './file-facts.ts'
import { readFacts } from './read-facts.ts'
import { readFrame } from './read-frame.ts'

export type ProbeQuestion = { id: number; file: Blob; want: 'facts' | { frameAtSeconds: number } }

/** `answer` is undefined for what cannot be read here; the service may know it all the same. */
export type ProbeAnswer = { id: number; answer: FileFacts | Blob | undefined }

addEventListener('message', async ({ data }: MessageEvent<ProbeQuestion>) => {
  const said: ProbeAnswer = { id: data.id, answer: await answerTo(data) }
  postMessage(said)
})

const answerTo = async ({ file, want }: ProbeQuestion): Promise<FileFacts | Blob | undefined> => {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  try {
    return want === 'facts' ? await readFacts(input) : await readFrame(input, want.frameAtSeconds)
  } catch {
    return undefined
  } finally {
    input.dispose()
  }
}
