export type Range = { firstByte: number; sizeBytes: number; seconds: number }

/** What a player reads of a playlist: its lines, the attributes of the tags of a name, and of a media playlist its segments. */
export type Playlist = {
  lines: string[]
  tags: (name: string) => Record<string, string>[]
  value: (name: string) => string | undefined
  ranges: Range[]
}

/** Reads a playlist as RFC 8216 has it. */
export const readPlaylist = (text: string): Playlist => {
  const lines = text.split('\n')
  const all = (name: string) =>
    lines.filter((line) => line.startsWith(`#${name}:`)).map((line) => line.slice(name.length + 2))
  return {
    lines,
    tags: (name) => all(name).map(attributesOf),
    value: (name) => all(name)[0],
    ranges: [...text.matchAll(/^#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)$/gm)].map(
      ([, seconds, size, first]) => ({
        ...{ firstByte: Number(first), sizeBytes: Number(size), seconds: Number(seconds) },
      }),
    ),
  }
}

const attributesOf = (list: string): Record<string, string> =>
  Object.fromEntries(
    [...list.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^",]*))/g)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain ?? '',
    ]),
  )
