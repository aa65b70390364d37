import { listenEarly, loadInPieces } from '@reelway/shared/http/listen-early.ts'

const early = await listenEarly(process.env.PORT)
// Nearly all of the time that a start takes is spent on loading code. The smallest piece first: /health is answered after it.
await loadInPieces([
  () => import('express'),
  () => import('@google-cloud/storage'),
  () => import('@reelway/shared/db/connect.ts'),
  () => import('@reelway/shared/logger.ts'),
])
const { start } = await import('./start.ts')
await start(process.env, early)
