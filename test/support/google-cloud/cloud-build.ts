import { type Api, type Call, collection, type Routes } from './api.ts'
import { checkServiceAccount } from './iam-policy.ts'
import { type JsonObject, textAt } from './json.ts'
import { get, nameOf, put } from './world.ts'

const acceptTrigger = (call: Call, trigger: JsonObject): JsonObject => {
  const account = textAt(trigger, 'serviceAccount').split('/').at(-1) ?? ''
  if (account !== '') checkServiceAccount(call.world, account)
  const name = textAt(trigger, 'name').split('/').at(-1) ?? ''
  // The real one's id is a number of its own; name and id are taken for each other in every path.
  return { ...trigger, name, id: name, resourceName: nameOf(call.key) }
}

const startBuild = ({ world, key, body }: Call): JsonObject => {
  const id = `00000000-0000-0000-0000-${String(world.nextNumber()).padStart(12, '0')}`
  const build = {
    ...body,
    id,
    name: key.replace(/^\/\/[^/]+\//, '').concat(`/${id}`),
    projectId: world.project,
    status: 'SUCCESS',
  }
  put(world, `${key}/${id}`, build)
  const type = 'type.googleapis.com/google.devtools.cloudbuild.v1.BuildOperationMetadata'
  return { name: `operations/build/${world.project}/${id}`, metadata: { '@type': type, build } }
}

const within = (parent: string): Routes => ({
  ...collection({
    path: `${parent}/triggers`,
    items: 'triggers',
    id: ({ body }) => textAt(body, 'name'),
    accept: acceptTrigger,
  }),
  [`POST ${parent}/triggers/{trigger}:run`]: (call) => {
    get(call.world, call.key)
    return startBuild({ ...call, key: call.key.replace(/\/triggers\/.*/, '/builds') })
  },
  [`POST ${parent}/builds`]: startBuild,
  ...collection({ path: `${parent}/builds`, items: 'builds' }),
})

/** Triggers and builds; a build does nothing and has succeeded at once. Connections to repositories are planted by a test. */
export const cloudBuild: Api = {
  service: 'cloudbuild.googleapis.com',
  routes: {
    ...within('/v1/projects/{project}/locations/{location}'),
    ...within('/v1/projects/{project}'),
    ...collection({ path: '/v2/projects/{project}/locations/{location}/connections', items: 'connections' }),
    ...collection({
      path: '/v2/projects/{project}/locations/{location}/connections/{connection}/repositories',
      items: 'repositories',
    }),
  },
}
