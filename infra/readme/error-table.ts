import type { CatalogueEntry } from '@reelway/shared/errors/catalogue-entry.ts'
import { table } from './table.ts'

/** The errors of a catalogue: for the owner of a task with whose fault it was, for a client with the status. */
export const errorTable = (catalogue: Record<string, CatalogueEntry>, options: { owner: boolean }): string =>
  table(
    ['code', options.owner ? 'whose' : 'status', 'what happened', 'what to do'],
    Object.entries(catalogue).map(([code, { status, kind, title, detail }]) => [
      `\`${code}\``,
      options.owner ? (kind === 'permanent' ? "the video's" : '*ours*') : String(status),
      title,
      detail.replaceAll(/\{(\w+)\}/g, '…'),
    ]),
  )
