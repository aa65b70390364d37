import { type Api, type Call, collection, doneOperation, operationRoutes, type Routes } from './api.ts'
import { checkServiceAccount } from './iam-policy.ts'
import { at, type JsonObject, textAt } from './json.ts'
import { get, list, nameOf, put } from './world.ts'

const acceptTrigger = (call: Call, trigger: JsonObject): JsonObject => {
  const account = textAt(trigger, 'serviceAccount').split('/').at(-1) ?? ''
  if (account !== '') checkServiceAccount(call.world, account)
  const repository = textAt(trigger, 'repositoryEventConfig', 'repository')
  if (repository !== '') get(call.world, `//cloudbuild.googleapis.com/${repository}`)
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

/** Of the filters that there are, those by tag and by status: tags="a" AND (status="WORKING" OR status="QUEUED"). */
const isWanted = (build: JsonObject, filter: string): boolean => {
  const wanted = (field: string) =>
    [...filter.matchAll(new RegExp(`${field}="([^"]*)"`, 'g'))].map(([, value]) => value ?? '')
  const [tags, statuses] = [wanted('tags'), wanted('status')]
  const own = at(build, 'tags')
  const hasTag = (tag: string) => Array.isArray(own) && own.includes(tag)
  return tags.every(hasTag) && (statuses.length === 0 || statuses.includes(textAt(build, 'status')))
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
  [`GET ${parent}/builds`]: ({ world, key, query }) => ({
    builds: list(world, key).filter((build) => isWanted(build, query.filter ?? '')),
  }),
})

const v2 = '/v2/projects/{project}/locations/{location}'

/** Triggers and builds; a build does nothing and has succeeded at once. Connections to repositories are planted by a test. */
export const cloudBuild: Api = {
  service: 'cloudbuild.googleapis.com',
  routes: {
    ...within('/v1/projects/{project}/locations/{location}'),
    ...within('/v1/projects/{project}'),
    ...collection({ path: `${v2}/connections`, items: 'connections' }),
    ...collection({
      path: `${v2}/connections/{connection}/repositories`,
      items: 'repositories',
      id: ({ query }) => query.repositoryId ?? '',
      answer: doneOperation('google.devtools.cloudbuild.v2.Repository'),
    }),
    ...operationRoutes(`${v2}/operations`),
  },
}
