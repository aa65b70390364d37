import type { TaskResource } from '../../tasks/task-schema.ts'

type Output = TaskResource['outputs'][number]

export type ResultKind = 'video' | 'stream' | 'sound' | 'picture'

const PLAYLIST = 'application/vnd.apple.mpegurl'

/** The result that a person means: of a stream its playlist, of everything else the one that there is. */
export const mainOutput = ({ outputs }: TaskResource): Output | undefined =>
  outputs.find(({ contentType }) => contentType === PLAYLIST) ?? outputs[0]

/** What a result is to who looks at it or listens to it. */
export const kindOfOutput = ({ contentType }: Output): ResultKind => {
  if (contentType === PLAYLIST) return 'stream'
  if (contentType.startsWith('audio/')) return 'sound'
  return contentType.startsWith('image/') ? 'picture' : 'video'
}

/** How large all files of a result are together, in bytes. */
export const resultBytes = ({ outputs }: TaskResource): number =>
  outputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
