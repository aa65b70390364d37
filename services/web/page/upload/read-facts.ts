import type { FileFacts } from '../probe/file-facts.ts'
import { probeFile } from '../probe/probe-file.ts'

/** So long an upload waits for what its file says of itself; what takes longer, the service finds out. */
const PATIENCE_MILLIS = 4_000

/** What a file says of itself; undefined when that is not known, or takes too long to find out. */
export const readFacts = (file: File): Promise<FileFacts | undefined> =>
  Promise.race([probeFile(file), new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MILLIS, undefined))])
