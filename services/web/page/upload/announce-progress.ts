/** What a person who does not see the bars is told of an upload, once each. */
export type Milestone = 'started' | 'quarter' | 'half' | 'three-quarters' | 'finished'

const MILESTONES: readonly { at: number; milestone: Milestone }[] = [
  { at: 1, milestone: 'finished' },
  { at: 0.75, milestone: 'three-quarters' },
  { at: 0.5, milestone: 'half' },
  { at: 0.25, milestone: 'quarter' },
  { at: 0, milestone: 'started' },
]

/**
 * What is to be announced when the share of an upload that is done is `share`, from 0 to 1, and `last` was announced before; undefined: nothing
 * new. Milestones that were passed together are one, and what was said is not said again when the share falls.
 */
export const announceProgress = (last: Milestone | undefined, share: number): Milestone | undefined => {
  const reached = MILESTONES.findIndex(({ at }) => share >= at)
  const before = last === undefined ? MILESTONES.length : MILESTONES.findIndex(({ milestone }) => milestone === last)
  return reached !== -1 && reached < before ? MILESTONES[reached]?.milestone : undefined
}
