import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Client } from '../support/client.ts'
import { type EventReader, readEvents } from '../support/read-events.ts'
import { makeVideo } from '../videos/make-video.ts'
import { useStack } from './place.ts'

const shown = z.looseObject({ id: z.string(), status: z.string() })
const list = z.object({ data: z.array(shown) })

/** A page that is open: it keeps what it has heard of, comes back after each break, and reads the list when it is told to. */
class Page {
  readonly statuses = new Map<string, string>()
  readonly client: Client
  isOpen = true
  times = 0
  #lastId = ''
  #reader: EventReader | undefined

  constructor(client: Client) {
    this.client = client
  }

  async run(): Promise<void> {
    while (this.isOpen) {
      await this.#listen().catch(() => undefined)
      await sleep(200)
    }
  }

  async #listen(): Promise<void> {
    const reader = await readEvents(`${this.client.baseUrl}/api/tasks/events`, {
      authorization: `Bearer ${this.client.accessToken}`,
      ...(this.#lastId !== '' && { 'last-event-id': this.#lastId }),
    })
    this.#reader = reader
    this.times += 1
    for (;;) {
      const { id, name, data } = await reader.next()
      if (name === 'reload') await this.#load()
      if (name === 'task') this.statuses.set(shown.parse(data).id, shown.parse(data).status)
      if (name === 'task-removed') this.statuses.delete(z.object({ id: z.string() }).parse(data).id)
      this.#lastId = id
    }
  }

  async #load(): Promise<void> {
    const { data } = list.parse((await this.client.expect(200, 'GET', '/api/tasks')).body)
    this.statuses.clear()
    for (const task of data) this.statuses.set(task.id, task.status)
  }

  async until(isIt: () => boolean): Promise<void> {
    const giveUp = AbortSignal.timeout(120_000)
    while (!isIt()) {
      giveUp.throwIfAborted()
      await sleep(100)
    }
  }

  async close(): Promise<void> {
    this.isOpen = false
    await this.#reader?.close()
  }
}

describe('a page that is open', () => {
  const place = useStack()
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('two-tenths')
  })

  /** Opens a page, lets `breakIt` happen with one task made before, one meanwhile and one after, and looks at what the page knows. */
  const assertNothingIsLost = async (breakIt: () => Promise<void>) => {
    const page = new Page(client)
    const running = page.run()
    try {
      await page.until(() => page.times === 1)
      const kept = await client.submit(video)
      await page.until(() => page.statuses.has(kept.id))
      const removed = await client.submit(video)
      await page.until(() => page.statuses.has(removed.id))
      await breakIt()
      await client.expect(204, 'DELETE', `/api/tasks/${removed.id}`)
      const made = await client.submit(video)
      await Promise.all([client.settled(kept.id), client.settled(made.id)])
      await page.until(() => page.statuses.get(made.id) === 'completed' && page.statuses.get(kept.id) === 'completed')
      await page.until(() => !page.statuses.has(removed.id))
    } finally {
      await page.close()
      await running
    }
  }

  test('loses nothing when web is killed under it and comes back', async () => {
    const { stack } = place
    await assertNothingIsLost(async () => {
      process.kill(stack.web.pid, 'SIGKILL')
      await stack.web.process.ended
      await stack.restartWeb()
    })
  })

  test('loses nothing when the database is stopped under it and comes back, and ends when web is asked to stop', async () => {
    const { stack } = place
    await assertNothingIsLost(async () => {
      await stack.postgres.stop()
      await stack.restartPostgres()
    })
    const reader = await readEvents(`${stack.webUrl}/api/tasks/events`, {
      authorization: `Bearer ${client.accessToken}`,
    })
    await reader.next()
    process.kill(stack.web.pid, 'SIGTERM')
    await reader.ended
    assert.equal((await stack.web.process.ended).code, 0)
    await stack.restartWeb()
  })
})
