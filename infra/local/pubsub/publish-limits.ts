import { invalidArgument } from './rpc-error.ts'

// All from "Pub/Sub quotas and limits".
const MOST_MESSAGES = 1000
const MOST_REQUEST_BYTES = 10_000_000
const MOST_ATTRIBUTES = 100
const MOST_KEY_BYTES = 256
const MOST_VALUE_BYTES = 1024
const MOST_ORDERING_KEY_BYTES = 1024

type Publication = { data: Buffer; attributes: Record<string, string>; orderingKey: string }

/** Throws INVALID_ARGUMENT if a Publish request breaks one of Google's limits; none is about the topic. */
export const checkPublishLimits = (messages: readonly Publication[]): void => {
  if (messages.length > MOST_MESSAGES) throw invalidArgument(`More than ${MOST_MESSAGES} messages in a request`)
  for (const message of messages) checkMessage(message)
  const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0)
  if (bytes > MOST_REQUEST_BYTES) throw invalidArgument(`The request is over ${MOST_REQUEST_BYTES} bytes`)
}

const checkMessage = ({ data, attributes, orderingKey }: Publication): void => {
  const entries = Object.entries(attributes)
  if (data.length === 0 && entries.length === 0) throw invalidArgument('Some messages are empty')
  if (entries.length > MOST_ATTRIBUTES) throw invalidArgument(`More than ${MOST_ATTRIBUTES} attributes`)
  if (Buffer.byteLength(orderingKey) > MOST_ORDERING_KEY_BYTES) throw invalidArgument('The ordering key is too long')
  for (const [key, value] of entries) {
    if (key === '' || key.startsWith('goog')) throw invalidArgument(`Invalid attribute key ${JSON.stringify(key)}`)
    if (Buffer.byteLength(key) > MOST_KEY_BYTES) throw invalidArgument(`Attribute key over ${MOST_KEY_BYTES} bytes`)
    if (Buffer.byteLength(value) > MOST_VALUE_BYTES) {
      throw invalidArgument(`Value of attribute ${JSON.stringify(key)} over ${MOST_VALUE_BYTES} bytes`)
    }
  }
}

const sizeOf = ({ data, attributes, orderingKey }: Publication): number =>
  Object.entries(attributes).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    data.length + Buffer.byteLength(orderingKey),
  )
