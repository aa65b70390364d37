/** Who may call an endpoint: anybody, a user (for what is the user's own), a player (with a token for what it plays), Pub/Sub's service account, the scheduler's. */
export type Caller = 'anybody' | 'user' | 'player' | 'pubsub' | 'scheduler'

/** One thing that can be called. `path` is as the router has it: a name after a colon stands for an id. */
export type Endpoint = { method: string; path: string; caller: Caller }

/** Everything that web answers. endpoints.test.ts fails when its router has something else. */
export const webEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/api/auth/signup', caller: 'anybody' },
  { method: 'POST', path: '/api/auth/login', caller: 'anybody' },
  { method: 'POST', path: '/api/auth/refresh', caller: 'anybody' },
  { method: 'POST', path: '/api/auth/logout', caller: 'anybody' },
  { method: 'POST', path: '/api/session', caller: 'anybody' },
  { method: 'DELETE', path: '/api/session', caller: 'anybody' },
  { method: 'GET', path: '/api/me', caller: 'user' },
  { method: 'GET', path: '/api/presets', caller: 'anybody' },
  { method: 'GET', path: '/api/tasks', caller: 'user' },
  { method: 'POST', path: '/api/tasks', caller: 'user' },
  { method: 'GET', path: '/api/tasks/events', caller: 'user' },
  { method: 'GET', path: '/api/tasks/:taskId', caller: 'user' },
  { method: 'PATCH', path: '/api/tasks/:taskId', caller: 'user' },
  { method: 'DELETE', path: '/api/tasks/:taskId', caller: 'user' },
  { method: 'POST', path: '/api/tasks/:taskId/upload-url', caller: 'user' },
  { method: 'POST', path: '/api/tasks/:taskId/uploaded', caller: 'user' },
  { method: 'POST', path: '/api/tasks/:taskId/cancel', caller: 'user' },
  { method: 'POST', path: '/api/tasks/:taskId/retry', caller: 'user' },
  { method: 'GET', path: '/api/tasks/:taskId/hls/:playlist', caller: 'player' },
  { method: 'GET', path: '/api/tasks/:taskId/storyboard.vtt', caller: 'user' },
  { method: 'GET', path: '/api/assets', caller: 'user' },
  { method: 'POST', path: '/api/assets', caller: 'user' },
  { method: 'GET', path: '/api/assets/:assetId', caller: 'user' },
  { method: 'DELETE', path: '/api/assets/:assetId', caller: 'user' },
  { method: 'POST', path: '/api/assets/:assetId/upload-url', caller: 'user' },
  { method: 'POST', path: '/api/assets/:assetId/uploaded', caller: 'user' },
  { method: 'GET', path: '/health', caller: 'anybody' },
  { method: 'GET', path: '/ready', caller: 'anybody' },
  { method: 'GET', path: '/version', caller: 'anybody' },
  // The page and the documents.
  { method: 'GET', path: '/', caller: 'anybody' },
  { method: 'GET', path: '/docs', caller: 'anybody' },
  { method: 'GET', path: '/openapi.json', caller: 'anybody' },
  { method: 'GET', path: '/assets/*file', caller: 'anybody' },
  { method: 'GET', path: '/favicon.svg', caller: 'anybody' },
  { method: 'GET', path: '/robots.txt', caller: 'anybody' },
]

/** Everything that batch answers. */
export const batchEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/pubsub/jobs', caller: 'pubsub' },
  { method: 'POST', path: '/pubsub/dead-letter', caller: 'pubsub' },
  { method: 'POST', path: '/pubsub/uploads', caller: 'pubsub' },
  { method: 'POST', path: '/jobs/reap', caller: 'scheduler' },
  { method: 'GET', path: '/health', caller: 'anybody' },
  { method: 'GET', path: '/ready', caller: 'anybody' },
  { method: 'GET', path: '/version', caller: 'anybody' },
]

/** The address of an endpoint, with ids in their places. */
export const addressOf = ({ path }: Endpoint, { taskId, assetId }: { taskId: string; assetId: string }): string =>
  path.replace(':taskId', taskId).replace(':assetId', assetId)

/** An endpoint as a title of a test. */
export const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`
