import { type Api, type Call, collection } from './api.ts'
import { markDeleted, policyRoutes } from './iam-policy.ts'
import { type JsonObject, listAt, objectAt, textAt } from './json.ts'
import { alreadyExists, invalid } from './refusal.ts'
import { create, find, get, put, remove } from './world.ts'

const accounts = '/v1/projects/{project}/serviceAccounts'

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create */
const ACCOUNT_ID = /^[a-z]([-a-z0-9]{4,28})[a-z0-9]$/

const createAccount = ({ world, key, body }: Call): JsonObject => {
  const id = textAt(body, 'accountId')
  if (!ACCOUNT_ID.test(id)) {
    throw invalid(
      `Invalid service account ID "${id}": it has 6 to 30 characters and matches [a-z]([-a-z0-9]*[a-z0-9]).`,
    )
  }
  const email = `${id}@${world.project}.iam.gserviceaccount.com`
  if (find(world, `${key}/${email}`) !== undefined) {
    throw alreadyExists(`Service account ${id} already exists within project projects/${world.project}.`)
  }
  return create(world, `${key}/${email}`, {
    ...objectAt(body, 'serviceAccount'),
    name: `projects/${world.project}/serviceAccounts/${email}`,
    projectId: world.project,
    uniqueId: `10000000000000000000${world.nextNumber()}`,
    email,
  })
}

const setDisabled =
  (disabled: boolean) =>
  ({ world, key }: Call): JsonObject => {
    put(world, key, { ...get(world, key), disabled })
    return {}
  }

const roles = '/v1/projects/{project}/roles'

const createRole = ({ world, key, body }: Call): JsonObject => {
  const id = textAt(body, 'roleId')
  if (!/^[\w.]{3,64}$/.test(id))
    throw invalid(`The role name must be in the form "projects/{project}/roles/{role}": ${id}`)
  const role = objectAt(body, 'role')
  for (const permission of listAt(role, 'includedPermissions')) {
    if (!/^[a-z]+(\.[a-zA-Z]+){2}$/.test(String(permission))) throw invalid(`Permission ${permission} is not valid.`)
  }
  return create(world, `${key}/${id}`, { ...role, name: `projects/${world.project}/roles/${id}` })
}

/** A deleted role can be brought back for a week, and its id is taken as long. */
const setDeleted =
  (deleted: boolean) =>
  ({ world, key }: Call): JsonObject =>
    put(world, key, { ...get(world, key), deleted: deleted || undefined })

export const iam: Api = {
  service: 'iam.googleapis.com',
  routes: {
    [`POST ${accounts}`]: createAccount,
    ...collection({ path: accounts, items: 'accounts' }),
    ...policyRoutes(`${accounts}/{account}`),
    [`DELETE ${accounts}/{id}`]: ({ world, key, params: { id = '' } }) => {
      remove(world, key)
      markDeleted(world, id)
      return {}
    },
    [`POST ${roles}`]: createRole,
    ...collection({ path: roles, items: 'roles' }),
    [`DELETE ${roles}/{id}`]: setDeleted(true),
    [`POST ${roles}/{id}:undelete`]: setDeleted(false),
    [`POST ${accounts}/{account}:disable`]: setDisabled(true),
    [`POST ${accounts}/{account}:enable`]: setDisabled(false),
  },
}
