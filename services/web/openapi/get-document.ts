import { createHash } from 'node:crypto'
import type { RequestHandler } from 'express'

type Rendered = { body: string; etag: string }

let rendered: Promise<Rendered> | undefined

/** GET /openapi.json: the document of this API, OpenAPI 3.1, made from the schemas that it reads and answers with. */
export const getDocument: RequestHandler = async (request, response) => {
  rendered ??= render()
  const { body, etag } = await rendered
  response.set({ 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*', etag })
  if (request.get('if-none-match')?.includes(etag)) response.status(304).end()
  else response.type('json').send(body)
}

/** Loaded and made when it is first asked for: a start has better things to do. */
const render = async (): Promise<Rendered> => {
  const { makeDocument } = await import('./make-document.ts')
  const body = JSON.stringify(makeDocument())
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}
