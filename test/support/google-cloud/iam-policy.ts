import type { Call, Routes } from './api.ts'
import { at, type JsonObject, objectsAt, textAt } from './json.ts'
import { invalid, Refusal } from './refusal.ts'
import { find, get, type World } from './world.ts'

/** The predefined roles that this project grants or might: a misspelt one is refused, as Google does. */
const ROLES = new Set(
  `artifactregistry.createOnPushWriter artifactregistry.reader artifactregistry.writer artifactregistry.repoAdmin
  cloudbuild.builds.builder cloudbuild.builds.editor cloudscheduler.jobRunner
  cloudsql.admin cloudsql.client cloudsql.instanceUser cloudsql.viewer compute.networkUser
  cloudtrace.agent iam.serviceAccountTokenCreator iam.serviceAccountUser iam.serviceAccountOpenIdTokenCreator
  logging.logWriter logging.viewer logging.viewAccessor monitoring.metricWriter monitoring.viewer
  pubsub.publisher pubsub.subscriber pubsub.viewer pubsub.editor
  run.admin run.builder run.developer run.invoker run.viewer run.jobsExecutor run.jobsExecutorWithOverrides
  secretmanager.secretAccessor secretmanager.secretVersionManager secretmanager.secretVersionAdder secretmanager.viewer
  serviceusage.serviceUsageConsumer serviceusage.serviceUsageViewer errorreporting.writer
  storage.admin storage.objectAdmin storage.objectCreator storage.objectUser storage.objectViewer
  storage.bucketViewer storage.legacyBucketReader storage.legacyBucketOwner storage.legacyBucketWriter storage.legacyObjectReader
  storage.legacyObjectOwner owner editor viewer browser`
    .split(/\s+/)
    .map((role) => `roles/${role}`),
)

const emptyPolicy = (): JsonObject => ({ version: 1, etag: 'BwYAAAAAAAA=', bindings: [] })

export const policyOf = (world: World, key: string): JsonObject => world.policies.get(key) ?? emptyPolicy()

/** Stores a policy. Refuses roles that Google does not know and service accounts that do not exist. */
export const setPolicy = (world: World, key: string, policy: JsonObject): JsonObject => {
  for (const binding of objectsAt(policy, 'bindings')) {
    const role = textAt(binding, 'role')
    if (!ROLES.has(role)) throw invalid(`Role ${role} is not supported for this resource.`)
    const members = at(binding, 'members')
    for (const member of Array.isArray(members) ? members : []) checkMember(world, String(member))
  }
  const next = {
    ...policy,
    version: policy.version ?? 1,
    etag: Buffer.from(`policy ${world.nextNumber()}`).toString('base64'),
  }
  world.policies.set(key, next)
  return next
}

const checkMember = (world: World, member: string): void => {
  if (/^(allUsers|allAuthenticatedUsers|deleted:.+|(user|group|domain|principal|principalSet):.+)$/.test(member)) return
  const [kind, email = ''] = member.split(':')
  if (kind !== 'serviceAccount' || !/^[^@]+@[^@]+\.gserviceaccount\.com$/.test(email)) {
    throw invalid(`Invalid principal: ${member}`)
  }
  checkServiceAccount(world, email)
}

/**
 * Refuses a service account that does not exist. Google's own agents (service-NUMBER@gcp-sa-X) exist once they were asked for
 * (`services identity create`, `storage service-agent`).
 */
export const checkServiceAccount = (world: World, email: string): void => {
  if (/@(cloudservices|developer)\.gserviceaccount\.com$/.test(email)) return
  if (find(world, serviceAccountKey(world, email)) === undefined) {
    throw invalid(`Service account ${email} does not exist.`)
  }
}

export const serviceAccountKey = (world: World, email: string): string =>
  `//iam.googleapis.com/projects/${world.project}/serviceAccounts/${email}`

/** True if a policy grants the role to the member, on the resource itself. */
export const hasRole = (world: World, key: string, role: string, member: string): boolean =>
  objectsAt(policyOf(world, key), 'bindings').some((binding) => {
    const members = at(binding, 'members')
    return binding.role === role && Array.isArray(members) && members.includes(member)
  })

/** The policy of every resource at a path such as "/v1/projects/{project}/topics/{topic}", which must exist. */
export const policyRoutes = (
  path: string,
  exists: (call: Call) => void = ({ world, key }) => void get(world, key),
): Routes => {
  const read = (call: Call) => {
    exists(call)
    return policyOf(call.world, call.key)
  }
  return {
    [`GET ${path}:getIamPolicy`]: read,
    [`POST ${path}:getIamPolicy`]: read,
    [`POST ${path}:setIamPolicy`]: (call) => {
      exists(call)
      const { policy } = call.body
      if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) throw invalid('policy is missing')
      return setPolicy(call.world, call.key, policy)
    },
    [`POST ${path}:testIamPermissions`]: ({ body }) => ({ permissions: body.permissions }),
  }
}

/** PERMISSION_DENIED, as it is answered for something that is not ours. */
export const denied = (what: string): Refusal => new Refusal(403, `Permission denied on ${what} (or it may not exist).`)
