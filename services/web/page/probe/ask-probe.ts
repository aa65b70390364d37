import { startWorker } from '../start-worker.ts'
import type { FileFacts } from './file-facts.ts'
import type { ProbeAnswer, ProbeQuestion } from './probe-worker.ts'
import url from './probe-worker.ts?worker&url'

/** What a file says of itself; undefined when it cannot be read here, which does not mean that it cannot be converted. */
export const askFacts = async (file: Blob): Promise<FileFacts | undefined> => {
  const answer = await ask(file, 'facts')
  return answer instanceof Blob ? undefined : answer
}

/** A frame of a file as a JPEG; undefined when the browser cannot decode it. */
export const askFrame = async (file: Blob, frameAtSeconds: number): Promise<Blob | undefined> => {
  const answer = await ask(file, { frameAtSeconds })
  return answer instanceof Blob ? answer : undefined
}

/** What takes longer hangs in a decoder: the worker is ended, and the next question gets another one. */
const PATIENCE_MILLIS = 30_000

let worker: Worker | undefined
let questions = 0
/** One after the other: previews must not take the machine from the uploads. */
let before: Promise<unknown> = Promise.resolve()

const ask = (file: Blob, want: ProbeQuestion['want']): Promise<ProbeAnswer['answer']> => {
  const asked = before.then(() => send(file, want))
  before = asked
  return asked
}

const send = (file: Blob, want: ProbeQuestion['want']): Promise<ProbeAnswer['answer']> =>
  new Promise((resolve) => {
    const id = ++questions
    const asked = worker ?? startWorker(url)
    worker = asked
    const end = (answer: ProbeAnswer['answer'], isBroken: boolean) => {
      clearTimeout(timer)
      asked.onmessage = asked.onerror = null
      if (isBroken) {
        asked.terminate()
        worker = undefined
      }
      resolve(answer)
    }
    const timer = setTimeout(() => end(undefined, true), PATIENCE_MILLIS)
    asked.onmessage = ({ data }: MessageEvent<ProbeAnswer>) => {
      if (data.id === id) end(data.answer, false)
    }
    asked.onerror = () => end(undefined, true)
    const question: ProbeQuestion = { id, file, want }
    asked.postMessage(question)
  })
