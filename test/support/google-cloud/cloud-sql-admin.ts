import type { Api, Call, Handler, Routes } from './api.ts'
import { checkServiceAccount, hasRole, serviceAccountKey } from './iam-policy.ts'
import { at, type JsonObject, merged, objectAt, textAt } from './json.ts'
import { invalid, Refusal } from './refusal.ts'
import { isPeered } from './service-networking.ts'
import { create, find, get, list, put, remove, type World } from './world.ts'

const instances = '/sql/v1beta4/projects/{project}/instances'
const instance = `${instances}/{instance}`

const instanceKey = (world: World, name = ''): string => {
  const key = `//sqladmin.googleapis.com/projects/${world.project}/instances/${name}`
  if (find(world, key) === undefined) throw new Refusal(404, 'The Cloud SQL instance does not exist.')
  return key
}

const operation = ({ world }: Call, operationType: string, target: string): JsonObject => {
  const name = `operation-${world.nextNumber()}`
  const link = `https://sqladmin.googleapis.com/sql/v1beta4/projects/${world.project}`
  return {
    kind: 'sql#operation',
    name,
    operationType,
    status: 'DONE',
    targetId: target,
    targetProject: world.project,
    targetLink: `${link}/instances/${target}`,
    selfLink: `${link}/operations/${name}`,
  }
}

const createInstance = (call: Call): JsonObject => {
  const { world, key, body } = call
  const name = textAt(body, 'name')
  const network = textAt(body, 'settings', 'ipConfiguration', 'privateNetwork')
  if (network !== '' && !isPeered(world, network)) {
    throw invalid(
      `Failed to create subnetwork. Network ${network} has no private services access (NETWORK_NOT_PEERED).`,
    )
  }
  const email = `p${world.projectNumber}-abcdef@gcp-sa-cloud-sql.iam.gserviceaccount.com`
  put(world, serviceAccountKey(world, email), { email })
  create(world, `${key}/${name}`, {
    ...body,
    kind: 'sql#instance',
    state: 'RUNNABLE',
    project: world.project,
    connectionName: `${world.project}:${textAt(body, 'region')}:${name}`,
    ipAddresses: network === '' ? [] : [{ type: 'PRIVATE', ipAddress: '10.0.0.3' }],
    serviceAccountEmailAddress: email,
    selfLink: `https://sqladmin.googleapis.com${call.path}/${name}`,
  })
  // As on the real one: PostgreSQL's own database is there from the start.
  put(world, `${key}/${name}/databases/postgres`, { name: 'postgres', instance: name, project: world.project })
  return operation(call, 'CREATE', name)
}

const changeInstance: Handler = (call) => {
  const name = call.params.instance ?? ''
  const key = instanceKey(call.world, name)
  put(call.world, key, merged(get(call.world, key), call.body))
  return operation(call, 'UPDATE', name)
}

const deleteInstance: Handler = (call) => {
  const name = call.params.instance ?? ''
  const key = instanceKey(call.world, name)
  if (at(get(call.world, key), 'settings', 'deletionProtectionEnabled') === true) {
    throw invalid('The instance is protected. Please disable the deletion protection and try again.')
  }
  remove(call.world, key)
  return operation(call, 'DELETE', name)
}

/** From an object of Cloud Storage, which the instance's own account must be allowed to read. */
const importFile: Handler = (call) => {
  const { world, params, body } = call
  const key = instanceKey(world, params.instance)
  const context = objectAt(body, 'importContext')
  get(world, `${key}/databases/${textAt(context, 'database')}`)
  const [, bucket, object = ''] = /^gs:\/\/([^/]+)\/(.+)$/.exec(textAt(context, 'uri')) ?? []
  get(world, `//storage.googleapis.com/b/${bucket}/o/${encodeURIComponent(object)}`)
  const member = `serviceAccount:${textAt(get(world, key), 'serviceAccountEmailAddress')}`
  if (!hasRole(world, `//storage.googleapis.com/b/${bucket}`, 'roles/storage.objectViewer', member)) {
    throw new Refusal(403, 'The service account does not have the required permissions for the bucket.')
  }
  return operation(call, 'IMPORT', params.instance ?? '')
}

const checkUser = (world: World, body: JsonObject): void => {
  if (textAt(body, 'type') !== 'CLOUD_IAM_SERVICE_ACCOUNT') return
  const name = textAt(body, 'name')
  if (!name.endsWith('.iam'))
    throw invalid(`Invalid user name ${name}: it is the account's without .gserviceaccount.com.`)
  checkServiceAccount(world, `${name}.gserviceaccount.com`)
}

const below = (kind: 'databases' | 'users', check: (world: World, body: JsonObject) => void): Routes => ({
  [`GET ${instance}/${kind}`]: ({ world, params }) => ({
    kind: `sql#${kind}List`,
    items: list(world, `${instanceKey(world, params.instance)}/${kind}`),
  }),
  [`POST ${instance}/${kind}`]: (call) => {
    const { world, params, body } = call
    const key = `${instanceKey(world, params.instance)}/${kind}/${textAt(body, 'name')}`
    check(world, body)
    create(world, key, { ...body, project: world.project, instance: params.instance })
    return operation(call, kind === 'users' ? 'CREATE_USER' : 'CREATE_DATABASE', params.instance ?? '')
  },
  [`GET ${instance}/${kind}/{id}`]: ({ world, params }) =>
    get(world, `${instanceKey(world, params.instance)}/${kind}/${params.id}`),
  [`DELETE ${instance}/${kind}/{id}`]: (call) => {
    const { world, params } = call
    remove(world, `${instanceKey(world, params.instance)}/${kind}/${params.id}`)
    return operation(call, 'DELETE_DATABASE', params.instance ?? '')
  },
  [`DELETE ${instance}/${kind}`]: (call) => {
    const { world, params, query } = call
    remove(world, `${instanceKey(world, params.instance)}/${kind}/${query.name}`)
    return operation(call, 'DELETE_USER', params.instance ?? '')
  },
})

export const cloudSql: Api = {
  service: 'sqladmin.googleapis.com',
  routes: {
    [`POST ${instances}`]: createInstance,
    [`GET ${instances}`]: ({ world, key }) => ({ kind: 'sql#instancesList', items: list(world, key) }),
    [`GET ${instance}`]: ({ world, params }) => get(world, instanceKey(world, params.instance)),
    [`PATCH ${instance}`]: changeInstance,
    [`PUT ${instance}`]: changeInstance,
    [`DELETE ${instance}`]: deleteInstance,
    [`POST ${instance}/import`]: importFile,
    ...below('databases', () => undefined),
    ...below('users', checkUser),
    'GET /sql/v1beta4/projects/{project}/operations/{operation}': (call) => ({
      ...operation(call, 'UPDATE', ''),
      name: call.params.operation,
      ...objectAt(call.body),
    }),
  },
}
