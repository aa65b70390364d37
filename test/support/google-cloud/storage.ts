import { type Api, type Call, RawAnswer } from './api.ts'
import { hasRole, policyOf, serviceAccountKey, setPolicy } from './iam-policy.ts'
import { type JsonObject, merged, objectsAt, textAt } from './json.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { create, find, get, list, put, remove, type World } from './world.ts'

/** https://cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^(?!goog)[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$/

export const bucketKey = (world: World, bucket: string): string => {
  const key = `//storage.googleapis.com/b/${bucket}`
  if (find(world, key) === undefined) throw notFound('The specified bucket does not exist.')
  return key
}

const createBucket = ({ world, body }: Call): JsonObject => {
  const name = textAt(body, 'name')
  if (!BUCKET.test(name) || name.includes('google')) throw invalid(`Invalid bucket name: '${name}'`)
  return create(world, `//storage.googleapis.com/b/${name}`, {
    kind: 'storage#bucket',
    id: name,
    projectNumber: world.projectNumber,
    storageClass: 'STANDARD',
    softDeletePolicy: { retentionDurationSeconds: '604800' },
    ...body,
    location: textAt(body, 'location').toUpperCase() || 'US',
  })
}

const changeBucket = ({ world, params, body }: Call): JsonObject => {
  const key = bucketKey(world, params.bucket ?? '')
  return put(world, key, merged(get(world, key), body))
}

const deleteBucket = ({ world, params }: Call): RawAnswer => {
  const key = bucketKey(world, params.bucket ?? '')
  if (list(world, `${key}/o`).length > 0) throw new Refusal(409, 'The bucket you tried to delete is not empty.')
  remove(world, key)
  return new RawAnswer(204, {})
}

const putBucketPolicy = ({ world, params, body }: Call): JsonObject => {
  const key = bucketKey(world, params.bucket ?? '')
  const isPublic = objectsAt(body, 'bindings').some(({ members }) =>
    (Array.isArray(members) ? members : []).some((member) => /^all(Authenticated)?Users$/.test(String(member))),
  )
  if (isPublic && textAt(get(world, key), 'iamConfiguration', 'publicAccessPrevention') === 'enforced') {
    throw new Refusal(
      412,
      'The member bindings allUsers and allAuthenticatedUsers are not allowed: public access prevention.',
    )
  }
  return setPolicy(world, key, body)
}

/** Google's account that publishes notifications; it comes into being by being asked for. */
const projectServiceAccount = ({ world }: Call): JsonObject => {
  const email = `service-${world.projectNumber}@gs-project-accounts.iam.gserviceaccount.com`
  put(world, serviceAccountKey(world, email), { email })
  return { kind: 'storage#serviceAccount', email_address: email }
}

const notifications = ({ world, params }: Call) => `${bucketKey(world, params.bucket ?? '')}/notificationConfigs`

/** As the real service: a second one beside an equal first is made, and both notify. */
const createNotification = (call: Call): JsonObject => {
  const { world, params, body } = call
  const topic = textAt(body, 'topic').replace(/^\/?\/?pubsub\.googleapis\.com\//, '')
  if (find(world, `//pubsub.googleapis.com/${topic}`) === undefined)
    throw invalid(`Cloud Pub/Sub topic ${topic} not found.`)
  const agent = `serviceAccount:service-${world.projectNumber}@gs-project-accounts.iam.gserviceaccount.com`
  if (!hasRole(world, `//pubsub.googleapis.com/${topic}`, 'roles/pubsub.publisher', agent)) {
    throw new Refusal(
      403,
      `The service account '${agent}' does not have permission to publish messages to the topic ${topic}.`,
    )
  }
  const collection = notifications(call)
  const id = String(list(world, collection).length + 1)
  return create(world, `${collection}/${id}`, {
    ...body,
    kind: 'storage#notification',
    id,
    selfLink: `https://www.googleapis.com/storage/v1/b/${params.bucket}/notificationConfigs/${id}`,
    topic: `//pubsub.googleapis.com/${topic}`,
  })
}

const bucket = '/storage/v1/b/{bucket}'

export const storage: Api = {
  service: 'storage.googleapis.com',
  routes: {
    'POST /storage/v1/b': createBucket,
    'GET /storage/v1/b': ({ world }) => ({ kind: 'storage#buckets', items: list(world, '//storage.googleapis.com/b') }),
    [`GET ${bucket}`]: ({ world, params }) => get(world, bucketKey(world, params.bucket ?? '')),
    [`PATCH ${bucket}`]: changeBucket,
    [`PUT ${bucket}`]: changeBucket,
    [`DELETE ${bucket}`]: deleteBucket,
    [`GET ${bucket}/iam`]: ({ world, params }) => ({
      kind: 'storage#policy',
      ...policyOf(world, bucketKey(world, params.bucket ?? '')),
    }),
    [`PUT ${bucket}/iam`]: putBucketPolicy,
    'GET /storage/v1/projects/{project}/serviceAccount': projectServiceAccount,
    [`GET ${bucket}/notificationConfigs`]: (call) => ({
      kind: 'storage#notifications',
      items: list(call.world, notifications(call)),
    }),
    [`POST ${bucket}/notificationConfigs`]: createNotification,
    [`GET ${bucket}/notificationConfigs/{notification}`]: (call) =>
      get(call.world, `${notifications(call)}/${call.params.notification}`),
    [`DELETE ${bucket}/notificationConfigs/{notification}`]: (call) => {
      remove(call.world, `${notifications(call)}/${call.params.notification}`)
      return new RawAnswer(204, {})
    },
  },
}
