import type { Api, Call, Handler } from './api.ts'
import { checkTemplate } from './cloud-run-template.ts'
import { checkTraffic, resolveTraffic, trafficOf, URL_HASH } from './cloud-run-traffic.ts'
import { policyRoutes } from './iam-policy.ts'
import { canonical, type JsonObject, objectAt, objectsAt, textAt } from './json.ts'
import { alreadyExists, invalid, notFound } from './refusal.ts'
import { find, list, put, remove, type World } from './world.ts'

const services = '/apis/serving.knative.dev/v1/namespaces/{namespace}/services'
const revisions = '/apis/serving.knative.dev/v1/namespaces/{namespace}/revisions'

/** The place of services, revisions, jobs and executions in the stand-in's world. */
export const runKey = (world: World, kind: string, name = ''): string =>
  `//run.googleapis.com/projects/${world.project}/locations/${world.region}/${kind}${name === '' ? '' : `/${name}`}`

export const condition = (type: string, isTrue: boolean, message = ''): JsonObject => ({
  type,
  status: isTrue ? 'True' : 'False',
  lastTransitionTime: new Date().toISOString(),
  ...(isTrue ? {} : { reason: 'HealthCheckContainerError', message }),
})

export const getRun = (world: World, kind: string, name: string): JsonObject => {
  const found = find(world, runKey(world, kind, name))
  if (found === undefined)
    throw notFound(`Resource '${name}' of kind '${kind}' in region '${world.region}' does not exist.`)
  return found
}

/** Later things have later times, a second apart: lists are sorted by them. */
export const inventedTime = (world: World): string =>
  new Date(Date.UTC(2026, 0, 1, 0, 0, world.nextNumber())).toISOString()

/** Every resource of Cloud Run says where it is. */
export const placeLabel = (world: World): JsonObject => ({ 'cloud.googleapis.com/location': world.region })

/** All that makes a revision another one. The client's own notes do not. */
const templateText = (template: JsonObject): string => {
  const annotations = Object.entries(objectAt(template, 'metadata', 'annotations')).filter(
    ([name]) => !name.startsWith('run.googleapis.com/client-'),
  )
  return canonical({ annotations: Object.fromEntries(annotations), spec: template.spec })
}

/** The revision's name: given by the client, or made up if the template is not that of the newest one. */
const revisionNameFor = (
  world: World,
  service: JsonObject,
  old: JsonObject | undefined,
  generation: number,
): string => {
  const name = textAt(service, 'metadata', 'name')
  const template = objectAt(service, 'spec', 'template')
  const isUnchanged = (revision: string) =>
    templateText(objectAt(find(world, runKey(world, 'revisions', revision)), 'template')) === templateText(template)
  const given = textAt(template, 'metadata', 'name')
  if (given === '') {
    const newest = textAt(old, 'status', 'latestCreatedRevisionName')
    return newest !== '' && isUnchanged(newest)
      ? newest
      : `${name}-${String(generation).padStart(5, '0')}-${suffix(world)}`
  }
  if (!given.startsWith(`${name}-`)) throw invalid(`The revision name ${given} must begin with ${name}-.`)
  if (find(world, runKey(world, 'revisions', given)) !== undefined && !isUnchanged(given)) {
    throw alreadyExists(`Revision named '${given}' with different configuration already exists.`)
  }
  return given
}

const suffix = (world: World): string =>
  world
    .nextNumber()
    .toString(36)
    .padStart(3, 'a')
    .replace(/\d/g, (digit) => 'klmnopqrst'[Number(digit)] ?? 'z')

const newRevision = (world: World, name: string, service: JsonObject): JsonObject => {
  const isReady = !world.failing.services.has(textAt(service, 'metadata', 'name'))
  const template = objectAt(service, 'spec', 'template')
  const message =
    'The user-provided container failed to start and listen on the port defined by the PORT environment variable.'
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Revision',
    metadata: {
      ...objectAt(template, 'metadata'),
      name,
      namespace: world.projectNumber,
      labels: {
        ...objectAt(template, 'metadata', 'labels'),
        ...placeLabel(world),
        'serving.knative.dev/service': textAt(service, 'metadata', 'name'),
      },
      creationTimestamp: inventedTime(world),
      generation: 1,
    },
    spec: template.spec,
    template,
    status: {
      observedGeneration: 1,
      conditions: ['Ready', 'ContainerHealthy', 'ResourcesAvailable'].map((type) => condition(type, isReady, message)),
    },
  }
}

const isReady = (revision: JsonObject | undefined): boolean =>
  textAt(revision, 'status', 'conditions', 0, 'status') === 'True'

/** Creates or changes a service. Where that fails, the traffic stays where it was. */
const apply = (call: Call, old: JsonObject | undefined): JsonObject => {
  const { world, body, query } = call
  const name = textAt(body, 'metadata', 'name')
  const template = objectAt(body, 'spec', 'template')
  checkTemplate(world, objectAt(template, 'metadata', 'annotations'), objectAt(template, 'spec'))
  const ingress = textAt(body, 'metadata', 'annotations', 'run.googleapis.com/ingress')
  if (!['', 'all', 'internal', 'internal-and-cloud-load-balancing'].includes(ingress))
    throw invalid(`Invalid ingress ${ingress}.`)

  const generation = Number(objectAt(old, 'metadata').generation ?? 0) + 1
  const newest = revisionNameFor(world, body, old, generation)
  const existing = find(world, runKey(world, 'revisions', newest))
  const revision = existing ?? newRevision(world, newest, body)
  const traffic = trafficOf(body)
  checkTraffic(name, traffic, (it) => it === newest || belongsTo(find(world, runKey(world, 'revisions', it)), name))

  const latestReady = isReady(revision) ? newest : textAt(old, 'status', 'latestReadyRevisionName')
  const serving = resolveTraffic(name, traffic, latestReady)
  const canServe = serving.every(({ revisionName }) =>
    isReady(revisionName === newest ? revision : find(world, runKey(world, 'revisions', String(revisionName)))),
  )
  const message = `Revision '${newest}' is not ready and cannot serve traffic.`
  const url = `https://${name}-${URL_HASH}.a.run.app`
  const deterministic = `https://${name}-${world.projectNumber}.${world.region}.run.app`
  const service = {
    ...body,
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: {
      ...objectAt(body, 'metadata'),
      annotations: {
        ...objectAt(body, 'metadata', 'annotations'),
        'run.googleapis.com/urls': JSON.stringify([deterministic, url]),
      },
      labels: { ...objectAt(body, 'metadata', 'labels'), ...placeLabel(world) },
      namespace: world.projectNumber,
      generation,
      resourceVersion: `AA${world.nextNumber()}`,
      uid: `uid-${name}`,
      selfLink: `/apis/serving.knative.dev/v1/namespaces/${world.projectNumber}/services/${name}`,
      creationTimestamp: textAt(old, 'metadata', 'creationTimestamp') || inventedTime(world),
    },
    spec: { ...objectAt(body, 'spec'), traffic },
    status: {
      observedGeneration: generation,
      conditions: [
        condition('Ready', isReady(revision) && canServe, message),
        condition('ConfigurationsReady', isReady(revision), message),
        condition('RoutesReady', canServe, message),
      ],
      latestCreatedRevisionName: newest,
      ...(latestReady === '' ? {} : { latestReadyRevisionName: latestReady }),
      url,
      address: { url },
      traffic: canServe ? serving : objectsAt(old, 'status', 'traffic'),
    },
  }
  if (query.dryRun !== undefined) return service
  put(world, runKey(world, 'revisions', newest), revision)
  return put(world, runKey(world, 'services', name), service)
}

const belongsTo = (revision: JsonObject | undefined, service: string): boolean =>
  textAt(revision, 'metadata', 'labels', 'serving.knative.dev/service') === service

const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,47}[a-z0-9])?$/

const createService: Handler = (call) => {
  const name = textAt(call.body, 'metadata', 'name')
  if (!SERVICE_NAME.test(name)) throw invalid(`metadata.name: ${name} is not valid.`)
  if (find(call.world, runKey(call.world, 'services', name)) !== undefined) {
    throw alreadyExists(`Resource '${name}' already exists.`)
  }
  return apply(call, undefined)
}

const deleteService: Handler = ({ world, params: { service = '' } }) => {
  getRun(world, 'services', service)
  for (const revision of list(world, runKey(world, 'revisions'))) {
    if (belongsTo(revision, service)) remove(world, runKey(world, 'revisions', textAt(revision, 'metadata', 'name')))
  }
  remove(world, runKey(world, 'services', service))
  return { kind: 'Status', status: 'Success' }
}

const listRevisions: Handler = ({ world, query }) => {
  const [, service] = /serving\.knative\.dev\/service ?= ?([\w-]+)/.exec(query.labelSelector ?? '') ?? []
  const all = list(world, runKey(world, 'revisions'))
  return {
    kind: 'RevisionList',
    metadata: {},
    items: all.filter((it) => service === undefined || belongsTo(it, service)),
  }
}

const deleteRevision: Handler = ({ world, params: { revision = '' } }) => {
  getRun(world, 'revisions', revision)
  const isServing = list(world, runKey(world, 'services')).some((service) =>
    objectsAt(service, 'status', 'traffic').some(({ revisionName }) => revisionName === revision),
  )
  if (isServing) throw invalid(`Revision ${revision} is receiving traffic and cannot be deleted.`)
  remove(world, runKey(world, 'revisions', revision))
  return { kind: 'Status', status: 'Success' }
}

/** Services and their revisions (https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services). */
export const cloudRun: Api = {
  service: 'run.googleapis.com',
  routes: {
    [`POST ${services}`]: createService,
    [`GET ${services}`]: ({ world }) => ({
      kind: 'ServiceList',
      metadata: {},
      items: list(world, runKey(world, 'services')),
    }),
    [`GET ${services}/{service}`]: ({ world, params }) => getRun(world, 'services', params.service ?? ''),
    [`PUT ${services}/{service}`]: (call) => apply(call, getRun(call.world, 'services', call.params.service ?? '')),
    [`DELETE ${services}/{service}`]: deleteService,
    [`GET ${revisions}`]: listRevisions,
    [`GET ${revisions}/{revision}`]: ({ world, params }) => getRun(world, 'revisions', params.revision ?? ''),
    [`DELETE ${revisions}/{revision}`]: deleteRevision,
    ...policyRoutes('/v1/projects/{project}/locations/{location}/services/{service}'),
    ...policyRoutes('/v1/projects/{project}/locations/{location}/jobs/{job}'),
    'GET /v1/projects/{project}/locations': ({ world }) => ({
      locations: [{ name: `projects/${world.project}/locations/${world.region}`, locationId: world.region }],
    }),
  },
}
