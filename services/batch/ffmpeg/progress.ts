/** How far a run is: frames encoded and bytes written so far. */
export type Progress = { framesDone: number; bytesWritten: number; ended: boolean }

/**
 * The newest complete block of ffmpeg's -progress output in `text`, and the rest that belongs to the next block. Frames, not
 * out_time, are progress: out_time is wrong with seeks and is N/A at first.
 */
export const readProgress = (text: string): { progress: Progress | undefined; rest: string } => {
  const end = /^progress=(continue|end)\n/gm
  let progress: Progress | undefined
  let consumed = 0
  for (let match = end.exec(text); match !== null; match = end.exec(text)) {
    const block = text.slice(consumed, match.index)
    consumed = end.lastIndex
    progress = {
      framesDone: numberAfter(block, 'frame'),
      bytesWritten: numberAfter(block, 'total_size'),
      ended: match[1] === 'end',
    }
  }
  return { progress, rest: text.slice(consumed) }
}

/** The number of a `key=value` line; 0 while ffmpeg writes N/A or nothing. */
const numberAfter = (block: string, key: string): number => {
  const value = new RegExp(`^${key}=\\s*(\\d+)\\s*$`, 'm').exec(block)?.[1]
  return value === undefined ? 0 : Number(value)
}
