import { listenEarly, loadInPieces } from '@reelway/shared/http/listen-early.ts'

const early = await listenEarly(process.env.PORT)
// Nearly all of the time that a start takes is spent on loading code.
await loadInPieces([
  () => import('@reelway/shared/logger.ts'),
  () => import('@reelway/shared/db/connect.ts'),
  () => import('express'),
  () => import('@google-cloud/storage'),
])
const { start } = await import('./start.ts')
await start(process.env, early)
