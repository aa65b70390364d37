/** One published message, the same object in every backlog that holds it. */
export type Message = {
  /** Increasing decimal number; unique in this server's directory. */
  id: string
  /** RFC 3339 in UTC with milliseconds. */
  publishTime: string
  data: Buffer
  attributes: Record<string, string>
  /** Empty if the publisher gave none. */
  orderingKey: string
}
