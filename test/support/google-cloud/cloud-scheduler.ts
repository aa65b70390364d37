import { type Api, type Call, collection } from './api.ts'
import { checkServiceAccount } from './iam-policy.ts'
import { type JsonObject, textAt } from './json.ts'
import { invalid } from './refusal.ts'

const jobs = '/v1/projects/{project}/locations/{location}/jobs'

const accept = ({ world }: Call, job: JsonObject): JsonObject => {
  if (!/^(\S+\s+){4}\S+$/.test(textAt(job, 'schedule')))
    throw invalid(`Schedule or time zone is invalid: ${job.schedule}`)
  const account = textAt(job, 'httpTarget', 'oidcToken', 'serviceAccountEmail')
  if (account !== '') checkServiceAccount(world, account)
  return { state: 'ENABLED', timeZone: 'Etc/UTC', ...job }
}

export const cloudScheduler: Api = {
  service: 'cloudscheduler.googleapis.com',
  routes: {
    ...collection({
      path: jobs,
      items: 'jobs',
      id: ({ body }) => textAt(body, 'name').split('/').at(-1) ?? '',
      accept,
    }),
    'GET /v1/projects/{project}/locations': ({ world }) => ({
      locations: [{ name: `projects/${world.project}/locations/${world.region}`, locationId: world.region }],
    }),
  },
}
