import { sourceRows } from '../../test/videos/sources/source-rows.ts'
import { table } from './table.ts'

/** What people upload, and what is done to it: a line for each kind, from the rows that the tests convert. */
export const sourceTable = (): string => {
  const kinds = new Map<string, { done: string; clips: string[] }>()
  for (const { what, done, video } of sourceRows) {
    const kind = kinds.get(what) ?? { done, clips: [] }
    kind.clips.push(video)
    kinds.set(what, kind)
  }
  return table(
    ['video', 'what is done to it', 'clips that prove it'],
    [...kinds].map(([what, { done, clips }]) => [what, done, String(clips.length)]),
  )
}
