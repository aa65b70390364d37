import type { Api, Call } from './api.ts'
import { policyRoutes } from './iam-policy.ts'
import type { JsonObject } from './json.ts'

const projectOf = ({ world, path }: Call): JsonObject => ({
  projectId: world.project,
  projectNumber: world.projectNumber,
  name: path.startsWith('/v3/') ? `projects/${world.projectNumber}` : world.project,
  lifecycleState: 'ACTIVE',
  state: 'ACTIVE',
})

/** It has the one project. */
export const resourceManager: Api = {
  service: 'cloudresourcemanager.googleapis.com',
  routes: {
    'GET /v1/projects/{project}': projectOf,
    'GET /v3/projects/{project}': projectOf,
    ...policyRoutes('/v1/projects/{project}', () => undefined),
    ...policyRoutes('/v3/projects/{project}', () => undefined),
  },
}
