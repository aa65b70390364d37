import { animationExtensions, soundExtensions, videoExtensions } from '@reelway/shared/uploads/source-extensions.ts'

const ACCEPTED: ReadonlySet<string> = new Set([...videoExtensions, ...animationExtensions, ...soundExtensions])

/** Whether a file may be converted, by its name. One whose name begins with a dot is a system's, as "._film.mov" on disks from Macs. */
export const isSourceName = (name: string): boolean =>
  !name.startsWith('.') && ACCEPTED.has(/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '')
