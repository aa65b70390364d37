import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { z } from 'zod'
import type { Broker } from './broker.ts'
import type { FaultSource } from './faults.ts'
import { page } from './page.ts'
import { checkPublishLimits } from './publish-limits.ts'
import { checkProjectName, shortId } from './resource-name.ts'
import { RpcError } from './rpc-error.ts'
import { topicSchema } from './topic.ts'
import { unary } from './unary.ts'

const topicRequest = z.object({ topic: z.string().default('') })
const paging = { pageSize: z.number().default(0), pageToken: z.string().default('') }
const publishRequest = z.object({
  topic: z.string().default(''),
  messages: z
    .array(
      z.object({
        data: z.instanceof(Buffer).default(() => Buffer.alloc(0)),
        attributes: z.record(z.string(), z.string()).default({}),
        orderingKey: z.string().default(''),
      }),
    )
    .default([]),
})

/** google.pubsub.v1.Publisher over a broker. Methods that are missing here answer UNIMPLEMENTED. */
export const publisherApi = (broker: Broker, faults: FaultSource): UntypedServiceImplementation => ({
  createTopic: unary(topicSchema, (topic) => broker.createTopic(topic)),
  getTopic: unary(topicRequest, ({ topic }) => broker.topic(topic)),
  updateTopic: unary(
    z.object({
      topic: topicSchema.prefault({}),
      updateMask: z.object({ paths: z.array(z.string()).default([]) }).prefault({}),
    }),
    ({ topic, updateMask }) => broker.updateTopic(topic, updateMask.paths),
  ),
  listTopics: unary(z.object({ project: z.string().default(''), ...paging }), (request) => {
    checkProjectName(request.project)
    const topics = broker.topics().filter(({ name }) => name.startsWith(`${request.project}/`))
    const { items, nextPageToken } = page(topics, request)
    return { topics: items, nextPageToken }
  }),
  listTopicSubscriptions: unary(topicRequest.extend(paging), (request) => {
    broker.topic(request.topic)
    const subscriptions = broker.backlogs().map(({ subscription }) => subscription)
    const names = subscriptions.filter(({ topic }) => topic === request.topic).map(({ name }) => name)
    const { items, nextPageToken } = page(names, request)
    return { subscriptions: items, nextPageToken }
  }),
  deleteTopic: unary(topicRequest, ({ topic }) => {
    broker.deleteTopic(topic)
    return {}
  }),
  publish: unary(publishRequest, ({ topic, messages }) => {
    const fault = faults.forPublish(shortId(topic))
    if (fault && !fault.afterStoring) throw new RpcError(fault.code, 'Publish failed by a fault rule')
    checkPublishLimits(messages)
    const messageIds = broker.publish(topic, messages)
    if (fault) throw new RpcError(fault.code, 'Publish stored, its answer lost by a fault rule')
    return { messageIds }
  }),
})
