import { type Api, type Call, collection } from './api.ts'
import { checkServiceAccount, policyRoutes } from './iam-policy.ts'
import { type JsonObject, masked, objectAt, objectsAt, textAt } from './json.ts'
import { invalid, notFound } from './refusal.ts'
import { create, find, get, nameOf, put, type World } from './world.ts'

const topics = '/v1/projects/{project}/topics'
const subscriptions = '/v1/projects/{project}/subscriptions'
/** https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
const NAME = /^(?!goog)[A-Za-z][-A-Za-z0-9._~+%]{2,254}$/

const checkName = (key: string): void => {
  const id = key.split('/').at(-1) ?? ''
  if (!NAME.test(id)) throw invalid(`Invalid resource name given (name=${nameOf(key)}).`)
}

const checkTopic = (world: World, name: string): void => {
  if (find(world, `//pubsub.googleapis.com/${name}`) === undefined)
    throw notFound(`Resource not found (resource=${name}).`)
}

/** What the real service checks of a subscription before it takes it. */
const checkSubscription = (world: World, subscription: JsonObject): void => {
  checkTopic(world, textAt(subscription, 'topic'))
  const { deadLetterPolicy } = subscription
  if (deadLetterPolicy !== undefined) {
    checkTopic(world, textAt(deadLetterPolicy, 'deadLetterTopic'))
    const attempts = objectAt(deadLetterPolicy).maxDeliveryAttempts ?? 5
    if (Number(attempts) < 5 || Number(attempts) > 100) throw invalid('maxDeliveryAttempts must be between 5 and 100.')
  }
  const deadline = Number(subscription.ackDeadlineSeconds ?? 10)
  if (deadline < 10 || deadline > 600) throw invalid('ackDeadlineSeconds must be between 10 and 600.')
  const retry = objectAt(subscription, 'retryPolicy')
  const [least = 10, most = 600] = [retry.minimumBackoff, retry.maximumBackoff].map(
    (it) => it && Number.parseFloat(String(it)),
  )
  if (Number(least) > Number(most) || Number(most) > 600)
    throw invalid('retryPolicy: 0 <= minimum <= maximum <= 600 s.')
  const push = objectAt(subscription, 'pushConfig')
  const endpoint = textAt(push, 'pushEndpoint')
  if (endpoint !== '' && !endpoint.startsWith('https://'))
    throw invalid(`Invalid push endpoint given (endpoint=${endpoint}).`)
  const account = textAt(push, 'oidcToken', 'serviceAccountEmail')
  if (account !== '') checkServiceAccount(world, account)
}

const putSubscription = ({ world, key, body }: Call): JsonObject => {
  checkName(key)
  checkSubscription(world, body)
  return create(world, key, { ...SUBSCRIPTION_DEFAULTS, ...body, name: nameOf(key), state: 'ACTIVE' })
}

/** https://cloud.google.com/pubsub/docs/subscription-properties */
const SUBSCRIPTION_DEFAULTS = {
  ackDeadlineSeconds: 10,
  messageRetentionDuration: '604800s',
  expirationPolicy: { ttl: '2678400s' },
  pushConfig: {},
}

const patch =
  (field: 'topic' | 'subscription', check: (world: World, resource: JsonObject) => void) =>
  ({ world, key, body }: Call): JsonObject => {
    const mask = textAt(body, 'updateMask')
    if (/(^|,)(name|topic)(,|$)/.test(mask)) throw invalid('Invalid update_mask provided: the field cannot be changed.')
    const next = masked(get(world, key), objectAt(body, field), mask)
    check(world, next)
    return put(world, key, next)
  }

const publish = ({ world, key, body }: Call): JsonObject => {
  get(world, key)
  const messageIds = objectsAt(body, 'messages').map((message) => {
    const messageId = String(world.nextNumber())
    for (const [name, subscription] of world.resources) {
      if (!name.startsWith('//pubsub.googleapis.com/') || subscription.topic !== nameOf(key)) continue
      put(world, `${name}/messages/${messageId}`, { ackId: messageId, message: { ...message, messageId } })
    }
    return messageId
  })
  return { messageIds }
}

const pull = ({ world, key, body }: Call): JsonObject => {
  get(world, key)
  const waiting = [...world.resources].flatMap(([name, it]) => (name.startsWith(`${key}/messages/`) ? [it] : []))
  return { receivedMessages: waiting.slice(0, Number(body.maxMessages ?? 1)) }
}

const acknowledge = ({ world, key, body }: Call): JsonObject => {
  for (const id of Array.isArray(body.ackIds) ? body.ackIds : []) world.resources.delete(`${key}/messages/${id}`)
  return {}
}

export const pubsub: Api = {
  service: 'pubsub.googleapis.com',
  routes: {
    [`PUT ${topics}/{topic}`]: ({ world, key, body }) => {
      checkName(key)
      return create(world, key, { ...body, name: nameOf(key) })
    },
    [`PATCH ${topics}/{topic}`]: patch('topic', () => undefined),
    ...collection({ path: topics, items: 'topics' }),
    ...policyRoutes(`${topics}/{topic}`),
    [`POST ${topics}/{topic}:publish`]: publish,
    [`PUT ${subscriptions}/{subscription}`]: putSubscription,
    [`PATCH ${subscriptions}/{subscription}`]: patch('subscription', checkSubscription),
    ...collection({ path: subscriptions, items: 'subscriptions' }),
    ...policyRoutes(`${subscriptions}/{subscription}`),
    [`POST ${subscriptions}/{subscription}:modifyPushConfig`]: ({ world, key, body }) => {
      const next = { ...get(world, key), pushConfig: objectAt(body, 'pushConfig') }
      checkSubscription(world, next)
      put(world, key, next)
      return {}
    },
    [`POST ${subscriptions}/{subscription}:pull`]: pull,
    [`POST ${subscriptions}/{subscription}:acknowledge`]: acknowledge,
    [`POST ${subscriptions}/{subscription}:modifyAckDeadline`]: () => ({}),
  },
}
