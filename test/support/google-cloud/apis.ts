import { type Api, type Call, findRoute, type RawAnswer } from './api.ts'
import { artifactRegistry } from './artifact-registry.ts'
import { cloudBuild } from './cloud-build.ts'
import { cloudRun } from './cloud-run.ts'
import { cloudRunJobs } from './cloud-run-jobs.ts'
import { cloudScheduler } from './cloud-scheduler.ts'
import { cloudSql } from './cloud-sql-admin.ts'
import { compute } from './compute.ts'
import { iam } from './iam.ts'
import { denied } from './iam-policy.ts'
import type { JsonObject } from './json.ts'
import { logging } from './logging.ts'
import { monitoring } from './monitoring.ts'
import { pubsub } from './pubsub.ts'
import { Refusal } from './refusal.ts'
import { resourceManager } from './resource-manager.ts'
import { secretManager } from './secret-manager.ts'
import { serviceNetworking } from './service-networking.ts'
import { checkEnabled, serviceUsage } from './service-usage.ts'
import { storage } from './storage.ts'
import { storageObjects } from './storage-objects.ts'

const apis: Api[] = [
  artifactRegistry,
  cloudBuild,
  { service: cloudRun.service, routes: { ...cloudRun.routes, ...cloudRunJobs.routes } },
  cloudScheduler,
  cloudSql,
  compute,
  iam,
  logging,
  monitoring,
  pubsub,
  resourceManager,
  secretManager,
  serviceNetworking,
  serviceUsage,
  { service: storage.service, routes: { ...storage.routes, ...storageObjects.routes } },
]

/** A request that nobody has written a route for. A 400, since gcloud tries a 501 again. */
export class UnknownRoute extends Refusal {
  constructor(message: string) {
    super(400, message)
  }
}

/** Answers a request to any API. Throws a Refusal; an UnknownRoute where it has no route for it. */
export const answerApi = (call: Call): JsonObject | RawAnswer => {
  const { world, host, method } = call
  const path = inOurProject(world.projectNumber, world.project, call.path)
  const api = apis.find(({ service }) => host === service || host === `${world.region}-${service}`)
  const route = api && findRoute(api.routes, method, path)
  if (api === undefined || route === undefined) {
    throw new UnknownRoute(`The stand-in has no route for ${method} ${host}${path}`)
  }
  checkEnabled(world, api.service)
  const { params, handler } = route
  const project = params.project ?? params.namespace ?? call.query.project
  if (project !== undefined && project !== world.project) throw denied(`project ${project}`)
  const name = decodeURIComponent(path.replace(/^\/(?:[a-z]+\/)?v\d\w*\//, '').replace(/:\w+$/, ''))
  return handler({ ...call, path, params, key: `//${api.service}/${name}` })
}

/** A project may be named by its number, and in IAM by "-" where the rest says which. */
const inOurProject = (number: string, project: string, path: string): string =>
  path
    .replace(/\/(projects|namespaces)\/(\d+)(?=[/:]|$)/, (all, kind: string, given: string) =>
      given === number ? `/${kind}/${project}` : all,
    )
    .replace('/projects/-/serviceAccounts/', `/projects/${project}/serviceAccounts/`)
