/** What `load` imports, a part of the page that is loaded when it is first wanted; undefined when the network is away or a newer release is there. */
export const loadPart = async <Part>(load: () => Promise<Part>): Promise<Part | undefined> => {
  try {
    return await load()
  } catch {
    return undefined
  }
}
