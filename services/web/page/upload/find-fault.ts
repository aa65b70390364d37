import { type FileFault, HEAD_BYTES, judgeFile } from './judge-file.ts'
import { lacksIndex } from './lacks-index.ts'

/** What is wrong with a file by its name and what is in it, of which it reads little. Throws NotReadableError or NotFoundError. */
export const findFault = async (file: File): Promise<FileFault | undefined> => {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const fault = judgeFile(file.name, file.size, head)
  return fault === undefined && (await lacksIndex(file)) ? 'no-index' : fault
}
