import type { PlanSource } from './encode-plan.ts'

/** The options in front of a source that is decoded: by how many threads, and by what, if not by ffmpeg's own choice. */
export const decoderArgs = ({ decoder, videoIndex }: PlanSource, threads: string): string[] => [
  ...['-threads', threads],
  ...(decoder === null ? [] : [`-c:${videoIndex}`, decoder]),
]
