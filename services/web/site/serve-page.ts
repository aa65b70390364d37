import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request, RequestHandler } from 'express'
import { docsHeaders } from './docs-headers.ts'
import { encodingNames, PAGE_MANIFEST, type PageFile, pageManifest } from './page-file.ts'
import { pageHeaders } from './page-headers.ts'

const STORAGE = 'https://storage.googleapis.com'

/** The files of the addresses that people know. */
const DOCUMENTS: Record<string, string> = { '/': '/index.html', '/docs': '/docs.html' }

type Files = Record<string, PageFile>

/**
 * Serves the built page from `directory`. Files with a hash in their name never change and are kept by browsers; the others are asked for
 * again each time, and 304 says that they are as they were. Throws not_found for every other address, and for all while no page is built.
 * `storageEndpoint` is that of the configuration.
 */
export const servePage = (directory: string, storageEndpoint: string | undefined): RequestHandler => {
  const headers = pageHeaders(new URL(storageEndpoint ?? STORAGE).origin)
  // A start has better things to do: the first who asks waits for it.
  let manifest: Promise<Files> | undefined
  const bodies = new Map<string, Promise<Buffer>>()
  const read = (path: string): Promise<Buffer> => {
    const body = bodies.get(path) ?? readFile(join(directory, path))
    bodies.set(path, body)
    return body
  }
  return async (request, response) => {
    manifest ??= readManifest(directory)
    const path = DOCUMENTS[request.path] ?? request.path
    const files = await manifest
    const file = Object.hasOwn(files, path) ? files[path] : undefined
    if (file === undefined) throw reelwayError('not_found')
    const encoding = encodingFor(request)
    const etag = `"${file.digest}${encoding === undefined ? '' : `.${encoding}`}"`
    response.set({
      ...(path === DOCUMENTS['/docs'] ? docsHeaders : headers),
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': file.contentType,
      etag,
      vary: 'accept-encoding',
    })
    if (request.get('if-none-match')?.includes(etag)) return void response.status(304).end()
    if (encoding !== undefined) response.set('content-encoding', encoding)
    response.send(await read(encoding === undefined ? path : `${path}.${encoding}`))
  }
}

const readManifest = async (directory: string): Promise<Files> => {
  try {
    return pageManifest.parse(JSON.parse(await readFile(join(directory, PAGE_MANIFEST), 'utf8'))).files
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

const encodingFor = (request: Request): (typeof encodingNames)[number] | undefined => {
  const chosen = request.acceptsEncodings(...encodingNames, 'identity')
  return encodingNames.find((name) => name === chosen)
}
