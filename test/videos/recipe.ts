/** How one clip is made: argv of ffmpeg without the output, or bytes written as they are; `extension` picks the container. */
export type Recipe =
  | { kind: 'encoded'; extension: string; argv: readonly string[] }
  /** Made from another clip by copying its streams: no encode. */
  | { kind: 'derived'; extension: string; from: string; argv: readonly string[] }
  /** The first so many thousandths of another clip. */
  | { kind: 'cut'; extension: string; from: string; keepThousandths: number }
  | { kind: 'written'; extension: string; text: string }
  | { kind: 'noise'; extension: string; bytes: number }
  /** What a telephone records: frames of AMR of its best quality, which sound like nothing, as many as 50 a second. */
  | { kind: 'speech'; extension: string; band: 'narrow' | 'wide'; seconds: number }
  /** The bytes of clips one behind the other. */
  | { kind: 'joined'; extension: string; from: readonly string[] }
  /** Another clip with every occurrence of some bytes replaced by as many others. */
  | { kind: 'replaced'; extension: string; from: string; find: string; put: string }
  /** Another clip as programs write it that ffmpeg cannot imitate. */
  | { kind: 'rewritten'; extension: string; from: string; how: 'pulled down' | 'packed' }
  /**
   * An mp4 whose first track is turned by a matrix (its a, b, c and d), described by more boxes, in hexadecimal digits, or shown in
   * pieces: how long in ticks of the film, and from where on in those of the track (-1: nothing).
   */
  | {
      kind: 'boxed'
      extension: string
      from: string
      matrix?: readonly number[]
      boxes?: readonly string[]
      edits?: readonly (readonly [number, number])[]
    }

export const encoded = (extension: string, ...argv: string[]): Recipe => ({ kind: 'encoded', extension, argv })
export const derived = (extension: string, from: string, ...argv: string[]): Recipe => ({
  kind: 'derived',
  extension,
  from,
  argv,
})
export const cut = (extension: string, from: string, keepThousandths = 500): Recipe => ({
  kind: 'cut',
  extension,
  from,
  keepThousandths,
})
export const written = (extension: string, ...lines: string[]): Recipe => ({
  kind: 'written',
  extension,
  text: `${lines.join('\n')}\n`,
})
