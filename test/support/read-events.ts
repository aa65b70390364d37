import assert from 'node:assert/strict'

export type ReadEvent = { id: string; name: string; data: unknown }

export type EventReader = {
  response: Response
  /** all that has come so far */
  events: ReadEvent[]
  /** the id of the last event */
  lastId(): string
  /** Waits for an event that was not asked for yet, and for which `isIt`; throws when the stream ends before. */
  next(isIt?: (event: ReadEvent) => boolean): Promise<ReadEvent>
  /** resolves when the stream has ended, however */
  ended: Promise<void>
  close(): Promise<void>
}

/** Opens a stream of Server-Sent Events and reads it as a browser would. */
export const readEvents = async (url: string, headers: Record<string, string>): Promise<EventReader> => {
  const closing = new AbortController()
  const response = await fetch(url, { headers, signal: closing.signal })
  assert.equal(response.status, 200, response.status === 200 ? '' : await response.clone().text())
  const events: ReadEvent[] = []
  let taken = 0
  let isOver = false
  let arrived = Promise.withResolvers<void>()
  const read = async (): Promise<void> => {
    let text = ''
    // A letter may come in two pieces.
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      events.push(...blocks.flatMap((block) => parse(block) ?? []))
      arrived.resolve()
    }
  }
  const ended = read()
    // Broken or closed: it is over in any case.
    .catch(() => undefined)
    .finally(() => {
      isOver = true
      arrived.resolve()
    })
  return {
    response,
    events,
    lastId: () => events.at(-1)?.id ?? '',
    next: async (isIt = () => true) => {
      for (;;) {
        arrived = Promise.withResolvers<void>()
        while (taken < events.length) {
          const event = events[taken]
          taken += 1
          if (event !== undefined && isIt(event)) return event
        }
        if (isOver) throw new Error(`the stream has ended after ${JSON.stringify(events.map(({ name }) => name))}`)
        await arrived.promise
      }
    },
    ended,
    close: () => {
      closing.abort()
      return ended
    },
  }
}

const parse = (block: string): ReadEvent | undefined => {
  const fields = new Map(block.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]))
  const data = fields.get('data')
  return data === undefined
    ? undefined
    : { id: fields.get('id') ?? '', name: fields.get('event') ?? 'message', data: JSON.parse(data) }
}
