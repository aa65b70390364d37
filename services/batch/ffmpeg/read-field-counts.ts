/** Of the frames that were looked at, how many seem to be what; and how many repeat a field of the one before. */
export type FieldCounts = { tff: number; bff: number; progressive: number; repeated: number; unrepeated: number }

const MULTIPLE = /Multi frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+)/
const REPEATED = /Repeated Fields: Neither: *(\d+) Top: *(\d+) Bottom: *(\d+)/

/** What the filter idet wrote to stderr when it ended; undefined if it did not come so far. */
export const readFieldCounts = (stderrText: string): FieldCounts | undefined => {
  const [, tff, bff, progressive] = (MULTIPLE.exec(stderrText) ?? []).map(Number)
  const [, unrepeated, top, bottom] = (REPEATED.exec(stderrText) ?? []).map(Number)
  if (tff === undefined || bff === undefined || progressive === undefined) return undefined
  if (unrepeated === undefined || top === undefined || bottom === undefined) return undefined
  return { tff, bff, progressive, repeated: top + bottom, unrepeated }
}
