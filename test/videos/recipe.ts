/** How one clip is made: argv of ffmpeg without the output, or bytes written as they are; `extension` picks the container. */
export type Recipe =
  | { kind: 'encoded'; extension: string; argv: readonly string[] }
  /** Made from another clip by copying its streams: no encode. */
  | { kind: 'derived'; extension: string; from: string; argv: readonly string[] }
  /** The first so many thousandths of another clip. */
  | { kind: 'cut'; extension: string; from: string; keepThousandths: number }
  | { kind: 'written'; extension: string; text: string }
  | { kind: 'noise'; extension: string; bytes: number }

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
