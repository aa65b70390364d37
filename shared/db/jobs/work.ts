/** What a job is for. */
export type Work =
  /** probe and plan; and do it all, if the plan is of one part */
  | { kind: 'convert' }
  /** encode one part of a plan of several */
  | { kind: 'part'; partId: string }
  /** join the parts of a plan when all are done */
  | { kind: 'assemble' }
