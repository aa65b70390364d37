import { RawAnswer } from './api.ts'
import { runKey } from './cloud-run.ts'
import { URL_HASH } from './cloud-run-traffic.ts'
import { type JsonObject, objectsAt, textAt } from './json.ts'
import { find, type World } from './world.ts'

/** A request to the URL of a Cloud Run service, and the revision that it reached. */
export type ServiceRequest = {
  service: string
  revision: string
  /** undefined: it came by the service's own URL */
  tag: string | undefined
  method: string
  path: string
  query: Record<string, string>
  body: JsonObject
}

/** What the containers answer; undefined: 404. */
export type RevisionAnswers = (request: ServiceRequest) => { status: number; body: JsonObject } | undefined

export const isServiceHost = (world: World, host: string): boolean =>
  host.endsWith(`.${world.region}.run.app`) || host.endsWith('.a.run.app')

type Asked = { method: string; host: string; path: string; query: Record<string, string>; body: JsonObject }

/**
 * Answers in the place of a service's containers. A tagged URL leads to the tag's revision, the service's own URL to the revision
 * with most traffic (the real one draws lots); 404 where there is no such service or tag.
 */
export const serviceAnswer = (world: World, asked: Asked, answers: RevisionAnswers): RawAnswer => {
  const { host, ...rest } = asked
  const name = host.split('.')[0] ?? ''
  const [tag, plain] = name.includes('---') ? name.split('---') : [undefined, name]
  const service = (plain ?? '').replace(new RegExp(`-(${world.projectNumber}|${URL_HASH})$`), '')
  const traffic = objectsAt(find(world, runKey(world, 'services', service)), 'status', 'traffic')
  const byShare = traffic.toSorted((a, b) => Number(b.percent ?? 0) - Number(a.percent ?? 0))
  const target = tag === undefined ? byShare[0] : traffic.find((it) => it.tag === tag)
  const answered = target && answers({ ...rest, service, tag, revision: textAt(target, 'revisionName') })
  const { status, body } = answered ?? { status: 404, body: { error: 'Page not found' } }
  return new RawAnswer(status, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(body)))
}
