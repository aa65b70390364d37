import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { startTestStack } from '../support/stack.ts'

export type TestStack = Awaited<ReturnType<typeof startTestStack>>

/** What a file of tests works with. It is filled in before its first test. */
export type Place = { baseUrl: string; folder: string }

const openFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'reelway-acceptance-'))

/**
 * For tests that only need the product's address: that of a deployment (BASE_URL), or of a stack of their own. Also gives an
 * empty folder for downloads.
 */
export const usePlace = (): Place => {
  const place: Place = { baseUrl: '', folder: '' }
  const opened = new AsyncDisposableStack()
  before(async () => {
    place.folder = await openFolder()
    opened.defer(() => rm(place.folder, { recursive: true, force: true }))
    place.baseUrl = process.env.BASE_URL ?? opened.use(await startTestStack()).webUrl
  })
  after(() => opened.disposeAsync())
  return place
}

/** For tests that break something: a stack of their own, whatever BASE_URL says. `stack` may be asked for within tests only. */
export const useStack = (
  options: Parameters<typeof startTestStack>[0] = {},
): { readonly stack: TestStack; folder: string } => {
  let stack: TestStack | undefined
  const opened = new AsyncDisposableStack()
  const place = {
    folder: '',
    get stack() {
      if (stack === undefined) throw new Error('the stack is not started yet')
      return stack
    },
  }
  before(async () => {
    place.folder = await openFolder()
    opened.defer(() => rm(place.folder, { recursive: true, force: true }))
    stack = opened.use(await startTestStack(options))
  })
  after(() => opened.disposeAsync())
  return place
}
