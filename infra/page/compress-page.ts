import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { encodingNames, type PageFile } from '@reelway/web/site/page-file.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * Puts a brotli and a gzip copy beside each file of a built page, and tells of all what is served, by the path of its address. Throws for a kind of
 * file whose content type is not known.
 */
export const compressPage = async (directory: string): Promise<Record<string, PageFile>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(
    paths
      .sort()
      .map(async (path) => [`/${relative(directory, path).replaceAll(sep, '/')}`, await compress(path)] as const),
  )
  return Object.fromEntries(files)
}

const compress = async (path: string): Promise<PageFile> => {
  const contentType = TYPES[extname(path)]
  if (contentType === undefined) throw new Error(`${path}: its content type is not known`)
  const bytes = await readFile(path)
  const copies = {
    br: await promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
    gzip: await promisify(gzip)(bytes, { level: 9 }),
  }
  for (const encoding of encodingNames) await writeFile(`${path}.${encoding}`, copies[encoding])
  return {
    contentType,
    digest: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    sizeBytes: { identity: bytes.length, br: copies.br.length, gzip: copies.gzip.length },
  }
}
