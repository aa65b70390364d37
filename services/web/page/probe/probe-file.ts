import type { FileFacts } from './file-facts.ts'

const known = new WeakMap<File, Promise<FileFacts | undefined>>()

/**
 * What a file says of itself, by a probe that is loaded when it is first used; each file is asked once. undefined: it is not known, which does
 * not mean that it cannot be converted.
 */
export const probeFile = (file: File): Promise<FileFacts | undefined> => {
  const asked = known.get(file) ?? ask(file)
  known.set(file, asked)
  return asked
}

const ask = async (file: File): Promise<FileFacts | undefined> => {
  try {
    const { askFacts } = await import('./ask-probe.ts')
    return await askFacts(file)
  } catch {
    // The probe cannot be loaded: the network is away, or a newer page is there.
    return undefined
  }
}
