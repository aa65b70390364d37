import { type Api, type Call, collection, type Handler } from './api.ts'
import { policyRoutes } from './iam-policy.ts'
import { type JsonObject, objectAt, textAt } from './json.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { get, keysBelow, put, type World } from './world.ts'

const secrets = '/v1/projects/{project}/secrets'
const version = `${secrets}/{secret}/versions/{version}`

const versionsNewestFirst = (world: World, secretKey: string): JsonObject[] =>
  keysBelow(world, `${secretKey}/versions`)
    .sort((a, b) => Number(b.split('/').at(-1)) - Number(a.split('/').at(-1)))
    .map((key) => get(world, key))

/** A version by its number, or "latest": the newest, whatever its state. Throws NOT_FOUND. */
export const getSecretVersion = (world: World, secret: string, number: string): JsonObject => {
  const secretKey = secret.startsWith('//')
    ? secret
    : `//secretmanager.googleapis.com/projects/${world.project}/secrets/${secret}`
  get(world, secretKey)
  const versions = versionsNewestFirst(world, secretKey)
  const found =
    number === 'latest' ? versions[0] : versions.find((it) => textAt(it, 'name').endsWith(`/versions/${number}`))
  if (found === undefined) throw notFound(`Secret Version [${secretKey}/versions/${number}] not found.`)
  return found
}

const versionKey = (world: World, secret: string, number: string): string =>
  `//secretmanager.googleapis.com/projects/${world.project}/secrets/${secret}/versions/${number}`

const addVersion: Handler = ({ world, key, params, body }) => {
  get(world, key)
  const payload = objectAt(body, 'payload')
  const data = Buffer.from(textAt(payload, 'data').replaceAll('-', '+').replaceAll('_', '/'), 'base64')
  if (data.length === 0 || data.length > 65_536) throw invalid('The secret payload must have 1 to 65536 bytes.')
  const newest = versionsNewestFirst(world, key)[0]
  const number = String(Number(textAt(newest, 'name').split('/').at(-1) || 0) + 1)
  const resource = {
    name: `projects/${world.projectNumber}/secrets/${params.secret}/versions/${number}`,
    state: 'ENABLED',
    createTime: new Date(Date.UTC(2026, 0, 1, 0, 0, world.nextNumber())).toISOString(),
    clientSpecifiedPayloadChecksum: true,
  }
  world.contents.set(versionKey(world, params.secret ?? '', number), data)
  return put(world, versionKey(world, params.secret ?? '', number), resource)
}

const setState =
  (state: 'ENABLED' | 'DISABLED' | 'DESTROYED'): Handler =>
  ({ world, params }) => {
    const { secret = '', version: number = '' } = params
    const found = getSecretVersion(world, secret, number)
    if (found.state === 'DESTROYED') throw new Refusal(400, 'FAILED_PRECONDITION: the version is destroyed.')
    return put(world, versionKey(world, secret, number), { ...found, state })
  }

const access: Handler = ({ world, params }) => {
  const found = getSecretVersion(world, params.secret ?? '', params.version ?? '')
  if (found.state !== 'ENABLED') throw new Refusal(400, 'FAILED_PRECONDITION: the version is not in the state ENABLED.')
  const number = textAt(found, 'name').split('/').at(-1) ?? ''
  const data = world.contents.get(versionKey(world, params.secret ?? '', number))?.toString('base64')
  return { name: found.name, payload: { data } }
}

const createSecret = ({ query, body }: Call): string => {
  const id = query.secretId ?? ''
  if (!/^[\w-]{1,255}$/.test(id)) throw invalid(`Invalid secret id ${id}.`)
  if (body.replication === undefined) throw invalid('replication is missing')
  return id
}

export const secretManager: Api = {
  service: 'secretmanager.googleapis.com',
  routes: {
    ...collection({
      path: secrets,
      items: 'secrets',
      id: createSecret,
      accept: ({ world }, it) => ({
        ...it,
        name: textAt(it, 'name').replace(`/${world.project}/`, `/${world.projectNumber}/`),
      }),
    }),
    ...policyRoutes(`${secrets}/{secret}`),
    [`POST ${secrets}/{secret}:addVersion`]: addVersion,
    [`GET ${secrets}/{secret}/versions`]: ({ world, key }) => {
      const secretKey = key.replace(/\/versions$/, '')
      get(world, secretKey)
      return { versions: versionsNewestFirst(world, secretKey) }
    },
    [`GET ${version}`]: ({ world, params }) => getSecretVersion(world, params.secret ?? '', params.version ?? ''),
    [`GET ${version}:access`]: access,
    [`POST ${version}:enable`]: setState('ENABLED'),
    [`POST ${version}:disable`]: setState('DISABLED'),
    [`POST ${version}:destroy`]: setState('DESTROYED'),
  },
}
