import { listenEarly } from '@reelway/shared/http/listen-early.ts'

const early = await listenEarly(process.env.PORT)
// Loaded only now: nearly all of the time that a start takes is spent on this line.
const { start } = await import('./start.ts')
await start(process.env, early)
