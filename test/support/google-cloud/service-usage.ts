import { type Api, type Call, doneOperation } from './api.ts'
import { at, type JsonObject } from './json.ts'
import { invalid, Refusal } from './refusal.ts'
import { find, put, type World } from './world.ts'

/** They answer before anything is enabled: a human's gcloud asks them in the name of gcloud's own project. */
const ALWAYS_ON = new Set(['serviceusage.googleapis.com', 'cloudresourcemanager.googleapis.com'])

/** What can be enabled: a misspelt one is refused, as Google does. */
const KNOWN =
  /^(artifactregistry|cloudbuild|cloudresourcemanager|cloudscheduler|cloudtrace|compute|containeranalysis|iam|iamcredentials|logging|monitoring|pubsub|run|secretmanager|servicenetworking|serviceusage|sqladmin|sql-component|storage|storage-api|storage-component|sts|telemetry|vpcaccess|dns|ondemandscanning)\.googleapis\.com$/

const serviceKey = (world: World, service: string) =>
  `//serviceusage.googleapis.com/projects/${world.project}/services/${service}`

/** Refuses what is asked of an API that the project has not enabled. */
export const checkEnabled = (world: World, service: string): void => {
  if (ALWAYS_ON.has(service) || find(world, serviceKey(world, service)) !== undefined) return
  const message = `${service} has not been used in project ${world.project} before or it is disabled.`
  throw new Refusal(403, `SERVICE_DISABLED: ${message}`)
}

const enable = (world: World, service: string): JsonObject => {
  if (!KNOWN.test(service)) {
    throw invalid(`Service ${service} is not found, or the stand-in's list of services (service-usage.ts) lacks it.`)
  }
  return put(world, serviceKey(world, service), stateOf(world, service, 'ENABLED'))
}

const stateOf = (world: World, service: string, state: string): JsonObject => ({
  name: `projects/${world.projectNumber}/services/${service}`,
  parent: `projects/${world.projectNumber}`,
  config: { name: service },
  state,
})

const operation = doneOperation('google.api.serviceusage.v1.EnableServiceResponse')

/** Google's own account of a service in this project: it exists once it has been asked for. */
const generateIdentity = (call: Call): JsonObject => {
  const { world, params } = call
  const service = (params.service ?? '').replace('.googleapis.com', '')
  const domain = AGENT_DOMAINS[service] ?? `gcp-sa-${service}`
  const email = `service-${world.projectNumber}@${domain}.iam.gserviceaccount.com`
  put(world, `//iam.googleapis.com/projects/${world.project}/serviceAccounts/${email}`, { email })
  return operation({ email, uniqueId: '1' }, call)
}

const AGENT_DOMAINS: Record<string, string | undefined> = {
  run: 'serverless-robot-prod',
  sqladmin: 'gcp-sa-cloud-sql',
  servicenetworking: 'service-networking',
}

const service = '/v1/projects/{project}/services/{service}'

export const serviceUsage: Api = {
  service: 'serviceusage.googleapis.com',
  routes: {
    'GET /v1/projects/{project}/services': ({ world }) => ({
      services: [...world.resources].flatMap(([key, it]) =>
        key.startsWith('//serviceusage.googleapis.com/') ? [it] : [],
      ),
    }),
    'POST /v1/projects/{project}/services:batchEnable': (call) => {
      const ids = at(call.body, 'serviceIds')
      return operation({ services: (Array.isArray(ids) ? ids : []).map((id) => enable(call.world, String(id))) }, call)
    },
    [`GET ${service}`]: ({ world, params: { service: name = '' } }) =>
      find(world, serviceKey(world, name)) ?? stateOf(world, name, 'DISABLED'),
    [`POST ${service}:enable`]: (call) => operation({ service: enable(call.world, call.params.service ?? '') }, call),
    'POST /v1beta1/projects/{project}/services/{service}:generateServiceIdentity': generateIdentity,
    'GET /v1/operations/{operation}': ({ params }) => ({
      name: `operations/${params.operation}`,
      done: true,
      response: {},
    }),
  },
}
