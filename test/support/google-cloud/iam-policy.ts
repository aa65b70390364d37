import type { Call, Routes } from './api.ts'
import { type Json, type JsonObject, listAt, objectsAt, textAt } from './json.ts'
import { invalid, Refusal } from './refusal.ts'
import { find, get, type World } from './world.ts'

/** The predefined roles that this project grants or might: a misspelt one is refused, as Google does. */
const ROLES = new Set(
  `artifactregistry.createOnPushWriter artifactregistry.reader artifactregistry.writer artifactregistry.repoAdmin
  cloudbuild.builds.builder cloudbuild.builds.editor cloudbuild.builds.viewer cloudscheduler.jobRunner
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
    if (!isRole(world, role)) throw invalid(`Role ${role} is not supported for this resource.`)
    if (binding.condition !== undefined && policy.version !== 3) {
      throw invalid('Request contains an invalid argument: policies with conditions must have version 3.')
    }
    for (const member of listAt(binding, 'members')) checkMember(world, String(member))
  }
  const { etag } = policyOf(world, key)
  if (policy.etag !== undefined && policy.etag !== etag) {
    throw new Refusal(409, 'There were concurrent policy changes. Please retry the whole read-modify-write.')
  }
  const next = {
    ...policy,
    version: policy.version ?? 1,
    etag: Buffer.from(`policy ${world.nextNumber()}`).toString('base64'),
  }
  world.policies.set(key, next)
  return next
}

/** One of Google's, or one of the project's own. */
const isRole = (world: World, role: string): boolean => {
  const own = find(world, `//iam.googleapis.com/${role}`)
  return (
    ROLES.has(role) ||
    (role.startsWith(`projects/${world.project}/roles/`) && own !== undefined && own.deleted !== true)
  )
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
    return binding.role === role && listAt(binding, 'members').includes(member)
  })

/** As after an account's deletion: its grants stay, under a name that no new account of that address will have. */
export const markDeleted = (world: World, email: string): void => {
  const rename = (member: Json): Json =>
    member === `serviceAccount:${email}` ? `deleted:serviceAccount:${email}?uid=1` : member
  for (const [key, policy] of world.policies) {
    const bindings = objectsAt(policy, 'bindings').map((it) => ({ ...it, members: listAt(it, 'members').map(rename) }))
    world.policies.set(key, { ...policy, bindings })
  }
}

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
