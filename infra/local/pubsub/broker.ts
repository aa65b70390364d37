import { type Backlog, createBacklog } from './backlog.ts'
import { parseFilter } from './filter.ts'
import { messageRecord } from './log-replay.ts'
import type { Message } from './message.ts'
import type { MessageLog } from './message-log.ts'
import { alreadyExists, invalidArgument, notFound } from './rpc-error.ts'
import { checkSubscription, MUTABLE_SUBSCRIPTION_FIELDS, type Subscription } from './subscription.ts'
import { checkTopic, MUTABLE_TOPIC_FIELDS, type Topic } from './topic.ts'
import { applyUpdateMask } from './update-mask.ts'

/** What a publisher gives; id and time are the broker's. */
export type Publication = Pick<Message, 'data' | 'attributes' | 'orderingKey'>

/** Topics, subscriptions and who must receive what. Names are full resource names; refusals are thrown as RpcError. */
export type Broker = {
  createTopic(topic: Topic): Topic
  /** Throws NOT_FOUND. */
  topic(name: string): Topic
  topics(): Topic[]
  updateTopic(changes: Topic, paths: readonly string[]): Topic
  /** Its subscriptions stay, with the topic name _deleted-topic_, and go on delivering what they hold. */
  deleteTopic(name: string): void
  createSubscription(subscription: Subscription): Subscription
  /** Throws NOT_FOUND. */
  backlog(name: string): Backlog
  backlogs(): Backlog[]
  updateSubscription(changes: Subscription, paths: readonly string[]): Subscription
  deleteSubscription(name: string): void
  /** Gives the messages to each subscription whose filter accepts them; without one they are discarded. Returns their ids. */
  publish(topic: string, publications: readonly Publication[]): string[]
  /** Fills the backlogs with what the log had recovered, each message with its count of failures. To be called once. */
  restore(): void
}

/**
 * A broker with the topics that the log had recovered; the subscriptions come with restore().
 * @param onReady called each time a backlog has something to deliver or its subscription has changed
 */
export const createBroker = (log: MessageLog, onReady: (backlog: Backlog) => void): Broker => {
  const { topics, nextId } = log.recovered
  const backlogs = new Map<string, Backlog>()
  let lastId = nextId - 1

  const open = (subscription: Subscription): Backlog => {
    const backlog = createBacklog(subscription, onReady)
    backlogs.set(subscription.name, backlog)
    return backlog
  }

  const topicNamed = (name: string): Topic => {
    const topic = topics.get(name)
    if (!topic) throw notFound(`Topic not found (resource=${name})`)
    return topic
  }

  const backlogNamed = (name: string): Backlog => {
    const backlog = backlogs.get(name)
    if (!backlog) throw notFound(`Subscription not found (resource=${name})`)
    return backlog
  }

  const keepTopic = (topic: Topic): Topic => {
    topics.set(topic.name, topic)
    log.append({ kind: 'topic', topic })
    return topic
  }

  const keepSubscription = (backlog: Backlog, subscription: Subscription): Subscription => {
    backlog.subscription = subscription
    log.append({ kind: 'subscription', subscription })
    onReady(backlog)
    return subscription
  }

  const checkDeadLetterTopic = ({ deadLetterPolicy }: Subscription): void => {
    if (deadLetterPolicy && !topics.has(deadLetterPolicy.deadLetterTopic)) throw notFound('Dead letter topic not found')
  }

  const publishOne = (topic: string, publication: Publication): string => {
    lastId += 1
    const message = { ...publication, id: String(lastId), publishTime: new Date().toISOString() }
    const receivers = [...backlogs.values()].filter(
      ({ subscription }) => subscription.topic === topic && parseFilter(subscription.filter)(message.attributes),
    )
    const names = receivers.map(({ subscription }) => subscription.name)
    log.append(names.length > 0 ? messageRecord(message, names) : { kind: 'next-id', nextId: lastId + 1 })
    for (const receiver of receivers) receiver.add(message, 0)
    return message.id
  }

  return {
    createTopic: (given) => {
      const topic = checkTopic(given)
      if (topics.has(topic.name)) throw alreadyExists(`Topic already exists (resource=${topic.name})`)
      return keepTopic(topic)
    },
    topic: topicNamed,
    topics: () => [...topics.values()],
    updateTopic: (changes, paths) => {
      const current = topicNamed(changes.name)
      return keepTopic(checkTopic(applyUpdateMask({ current, changes, paths, mutable: MUTABLE_TOPIC_FIELDS })))
    },
    deleteTopic: (name) => {
      topicNamed(name)
      topics.delete(name)
      log.append({ kind: 'topic-deleted', name })
      for (const backlog of backlogs.values()) {
        const { subscription } = backlog
        if (subscription.topic === name) keepSubscription(backlog, { ...subscription, topic: '_deleted-topic_' })
      }
    },
    createSubscription: (given) => {
      const subscription = checkSubscription(given)
      if (backlogs.has(subscription.name)) {
        throw alreadyExists(`Subscription already exists (resource=${subscription.name})`)
      }
      topicNamed(subscription.topic)
      checkDeadLetterTopic(subscription)
      return keepSubscription(open(subscription), subscription)
    },
    backlog: backlogNamed,
    backlogs: () => [...backlogs.values()],
    updateSubscription: (changes, paths) => {
      const backlog = backlogNamed(changes.name)
      const current = backlog.subscription
      const updated = applyUpdateMask({ current, changes, paths, mutable: MUTABLE_SUBSCRIPTION_FIELDS })
      const subscription = checkSubscription(updated)
      if (paths.includes('dead_letter_policy')) checkDeadLetterTopic(subscription)
      return keepSubscription(backlog, subscription)
    },
    deleteSubscription: (name) => {
      const backlog = backlogNamed(name)
      backlogs.delete(name)
      backlog.clear()
      log.append({ kind: 'subscription-deleted', name })
      onReady(backlog)
    },
    publish: (name, publications) => {
      topicNamed(name)
      if (publications.length === 0) throw invalidArgument('No messages to publish')
      return publications.map((publication) => publishOne(name, publication))
    },
    restore: () => {
      for (const subscription of log.recovered.subscriptions.values()) {
        const backlog = open(subscription)
        const unacked = log.recovered.unacked.get(subscription.name)?.values() ?? []
        for (const { message, failures } of unacked) backlog.add(message, failures)
      }
    },
  }
}
