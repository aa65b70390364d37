import type { Lane } from '@reelway/shared/lane.ts'
import type { Request } from 'express'

/**
 * The traffic tag of a candidate revision, as infra/gcp/names.env has it: Cloud Run puts it before the host name
 * (https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags).
 */
const CANDIDATE_HOST = /^candidate---/

/** The lane of a task, from the host that its client asked. Not from X-Forwarded-Host, which a client can make up. */
export const laneOf = (request: Request): Lane =>
  CANDIDATE_HOST.test(request.get('host') ?? '') ? 'candidate' : 'main'
