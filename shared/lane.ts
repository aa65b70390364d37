/**
 * Which batch works on a task: the revisions that have the traffic (main), or the candidate of a deployment that is under way.
 * Each lane is a topic of its own: see "The pipeline" in infra/README.md.
 */
export const lanes = ['main', 'candidate'] as const

export type Lane = (typeof lanes)[number]
