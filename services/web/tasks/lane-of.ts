import type { Lane } from '@reelway/shared/lane.ts'
import type { Request } from 'express'

/**
 * The lane of a task, from the host that its client asked: `candidateHost` is that of the candidate revision, in which Cloud Run
 * puts the traffic tag first (https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags). Not from
 * X-Forwarded-Host, which a client can make up.
 */
export const laneOf = (request: Request, candidateHost: string | undefined): Lane =>
  candidateHost !== undefined && request.get('host') === candidateHost ? 'candidate' : 'main'
