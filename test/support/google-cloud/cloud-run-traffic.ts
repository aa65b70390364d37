import { type JsonObject, objectsAt, textAt } from './json.ts'
import { invalid } from './refusal.ts'

/** https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags: and tag with name have 46 characters at most. */
const TAG = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const MOST_TAG_AND_NAME = 46

/** Without a word on traffic, all of it goes to the latest revision: also in a later change that leaves it out. */
export const trafficOf = (service: JsonObject): JsonObject[] => {
  const traffic = objectsAt(service, 'spec', 'traffic')
  return traffic.length > 0 ? traffic : [{ percent: 100, latestRevision: true }]
}

/** Refuses what is no possible division of traffic. */
export const checkTraffic = (name: string, traffic: JsonObject[], isRevision: (revision: string) => boolean): void => {
  const total = traffic.reduce((sum, { percent }) => sum + Number(percent ?? 0), 0)
  if (total !== 100) throw invalid(`Traffic targets must sum to 100, but they sum to ${total}.`)
  const tags = traffic.flatMap(({ tag }) => (typeof tag === 'string' && tag !== '' ? [tag] : []))
  for (const tag of tags) {
    if (!TAG.test(tag) || tag.length + name.length > MOST_TAG_AND_NAME) throw invalid(`The tag ${tag} is not valid.`)
  }
  const repeated = tags.find((tag, index) => tags.indexOf(tag) !== index)
  if (repeated !== undefined) throw invalid(`The tag ${repeated} is given to two targets.`)
  for (const target of traffic) {
    const revision = textAt(target, 'revisionName')
    if ((revision !== '') === (target.latestRevision === true)) {
      throw invalid('A traffic target must have either a revisionName or latestRevision: true.')
    }
    if (revision !== '' && !isRevision(revision))
      throw invalid(`Revision '${revision}' is not found in service '${name}'.`)
  }
}

/** The host part that Cloud Run chooses: of the URL in a service's status. */
export const URL_HASH = 'abcdefghij-ew'

/** What status.traffic shows: "latest" by its revision's name, tags with their URLs. */
export const resolveTraffic = (name: string, traffic: JsonObject[], latestReady: string): JsonObject[] =>
  traffic.map((target) => {
    const revisionName = target.latestRevision === true ? latestReady : target.revisionName
    const { tag } = target
    const url = typeof tag === 'string' ? { url: `https://${tag}---${name}-${URL_HASH}.a.run.app` } : {}
    return { ...target, revisionName, ...url }
  })
