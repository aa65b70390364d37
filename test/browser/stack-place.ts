import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { signUp } from '../support/browser.ts'
import { callerOf } from '../support/call.ts'
import { startTestStack } from '../support/stack.ts'
import { makeVideo } from '../videos/make-video.ts'
import type { VideoName } from '../videos/recipes.ts'
import { PICK_BY_INPUT } from './give-files.ts'
import { logInByForm } from './log-in-by-form.ts'
import { type OpenPage, type OpenPageOptions, startBrowser } from './start-browser.ts'

export type StackPlace = {
  stack: Awaited<ReturnType<typeof startTestStack>>
  /** of web, by the name for which browsers take the cookie without TLS */
  address: string
  /** an empty page of nobody */
  open(options?: OpenPageOptions): Promise<OpenPage>
  /** the page of a new user, or of the one with this address */
  openAs(email?: string, options?: OpenPageOptions): Promise<OpenPage & { email: string }>
  /** a clip under a name of its own */
  clip(name: VideoName, fileName: string): Promise<string>
}

/** The whole product and Chromium for a file of tests, all of it stopped after the last one. To be called only where Chromium is. */
export const startStackPlace = async (): Promise<StackPlace> => {
  const opened = new AsyncDisposableStack()
  after(() => opened.disposeAsync())
  const folder = await mkdtemp(join(tmpdir(), 'reelway-browser-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const stack = opened.use(await startTestStack({ conversionsAtOnce: 2 }))
  const browser = await startBrowser()
  const address = stack.webUrl.replace('127.0.0.1', 'localhost')
  const open = (options?: OpenPageOptions) => browser.open({ initially: PICK_BY_INPUT, ...options })
  return {
    ...{ stack, address, open },
    openAs: async (known, options) => {
      const email = known ?? (await signUp(callerOf(stack.webUrl))).email
      const one = await open(options)
      await one.page.goto(address)
      await logInByForm(one.page, email)
      await one.page.getByRole('heading', { name: 'Your videos' }).waitFor()
      return { ...one, email, [Symbol.asyncDispose]: () => one[Symbol.asyncDispose]() }
    },
    clip: async (name, fileName) => {
      const path = join(folder, fileName)
      await copyFile(await makeVideo(name), path)
      return path
    },
  }
}
