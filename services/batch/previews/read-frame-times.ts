/** The times of the frames in what ffmpeg's framecrc wrote of one stream, in seconds. Throws when it is no such text. */
export const readFrameTimes = (text: string): number[] => {
  const [, ticks, second] = /^#tb 0: (\d+)\/(\d+)$/m.exec(text) ?? []
  if (ticks === undefined || second === undefined) throw new Error('the times of frames have no unit')
  return [...text.matchAll(/^0, *-?\d+, *(-?\d+),/gm)].map(
    ([, time]) => (Number(time) * Number(ticks)) / Number(second),
  )
}
