import type { LogRecord } from './log-record.ts'
import type { Message } from './message.ts'
import type { Subscription } from './subscription.ts'
import type { Topic } from './topic.ts'

/** A message that a subscription had not acknowledged, and how often its delivery had failed. */
export type Unacked = { message: Message; failures: number }

/** What a log amounts to. */
export type Replayed = {
  topics: Map<string, Topic>
  subscriptions: Map<string, Subscription>
  /** By full subscription name, then by message id in the order of publishing. */
  unacked: Map<string, Map<string, Unacked>>
  nextId: number
}

/** The state that the records of a log lead to, applied in their order. */
export const replayLog = (records: Iterable<LogRecord>): Replayed => {
  const state: Replayed = { topics: new Map(), subscriptions: new Map(), unacked: new Map(), nextId: 1 }
  for (const record of records) applyRecord(state, record)
  return state
}

/** The shortest log that leads to the same state. */
export const compactedLog = (state: Replayed): LogRecord[] => [
  { kind: 'next-id', nextId: state.nextId },
  ...[...state.topics.values()].map((topic): LogRecord => ({ kind: 'topic', topic })),
  ...[...state.subscriptions.values()].map((subscription): LogRecord => ({ kind: 'subscription', subscription })),
  ...messageRecords(state),
]

/** The record of a new message and of the subscriptions that must receive it. */
export const messageRecord = (message: Message, subscriptions: string[]): LogRecord => ({
  kind: 'message',
  message: { ...message, data: message.data.toString('base64') },
  subscriptions,
})

const applyRecord = (state: Replayed, record: LogRecord): void => {
  switch (record.kind) {
    case 'topic':
      state.topics.set(record.topic.name, record.topic)
      return
    case 'topic-deleted':
      state.topics.delete(record.name)
      return
    case 'subscription':
      state.subscriptions.set(record.subscription.name, record.subscription)
      return
    case 'subscription-deleted':
      state.subscriptions.delete(record.name)
      state.unacked.delete(record.name)
      return
    case 'next-id':
      state.nextId = record.nextId
      return
    case 'message':
      addMessage(state, record)
      return
    case 'failed': {
      const unacked = state.unacked.get(record.subscription)?.get(record.messageId)
      if (unacked) unacked.failures = record.failures
      return
    }
    case 'acked':
      state.unacked.get(record.subscription)?.delete(record.messageId)
      return
    default:
      record satisfies never
  }
}

const addMessage = (state: Replayed, record: LogRecord & { kind: 'message' }): void => {
  const message = { ...record.message, data: Buffer.from(record.message.data, 'base64') }
  state.nextId = Math.max(state.nextId, Number(message.id) + 1)
  for (const name of record.subscriptions) {
    const backlog = state.unacked.get(name) ?? new Map<string, Unacked>()
    state.unacked.set(name, backlog.set(message.id, { message, failures: 0 }))
  }
}

const messageRecords = (state: Replayed): LogRecord[] => {
  const holders = new Map<string, { message: Message; subscriptions: string[] }>()
  const failed: LogRecord[] = []
  for (const [subscription, backlog] of state.unacked) {
    for (const { message, failures } of backlog.values()) {
      const holder = holders.get(message.id) ?? { message, subscriptions: [] }
      holder.subscriptions.push(subscription)
      holders.set(message.id, holder)
      if (failures > 0) failed.push({ kind: 'failed', subscription, messageId: message.id, failures })
    }
  }
  const inOrder = [...holders.values()].toSorted((a, b) => Number(a.message.id) - Number(b.message.id))
  return [...inOrder.map(({ message, subscriptions }) => messageRecord(message, subscriptions)), ...failed]
}
