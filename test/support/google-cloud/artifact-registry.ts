import { type Api, collection, doneOperation, operationRoutes } from './api.ts'
import { policyRoutes } from './iam-policy.ts'
import { list } from './world.ts'

const location = '/v1/projects/{project}/locations/{location}'
const repositories = `${location}/repositories`

export const artifactRegistry: Api = {
  service: 'artifactregistry.googleapis.com',
  routes: {
    ...collection({
      path: repositories,
      items: 'repositories',
      id: ({ query }) => query.repositoryId ?? '',
      answer: doneOperation('google.devtools.artifactregistry.v1.Repository'),
    }),
    ...policyRoutes(`${repositories}/{repository}`),
    // A test that needs images plants them in the world.
    ...collection({ path: `${repositories}/{repository}/dockerImages`, items: 'dockerImages' }),
    ...collection({ path: `${repositories}/{repository}/packages`, items: 'packages' }),
    ...collection({ path: `${repositories}/{repository}/packages/{package}/versions`, items: 'versions' }),
    ...collection({ path: `${repositories}/{repository}/packages/{package}/tags`, items: 'tags' }),
    [`GET ${location}`]: ({ params: { project, location: locationId } }) => ({
      name: `projects/${project}/locations/${locationId}`,
      locationId,
    }),
    'GET /v1/projects/{project}/locations': ({ world }) => ({
      locations: list(world, `//artifactregistry.googleapis.com/projects/${world.project}/locations`),
    }),
    ...operationRoutes(`${location}/operations`),
  },
}
