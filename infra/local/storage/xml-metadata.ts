import type { ObjectMetadata } from './object-metadata.ts'

/** An object's description from the headers of an XML API upload (reference: "Request headers"). */
export const metadataOfHeaders = (headers: Readonly<Record<string, string | undefined>>): ObjectMetadata => {
  const custom = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(CUSTOM) && value !== undefined ? [[name.slice(CUSTOM.length), value]] : [],
  )
  return {
    contentType: headers['content-type'],
    cacheControl: headers['cache-control'],
    contentDisposition: headers['content-disposition'],
    contentEncoding: headers['content-encoding'],
    contentLanguage: headers['content-language'],
    customTime: headers['x-goog-custom-time'],
    storageClass: headers['x-goog-storage-class'],
    ...(custom.length > 0 && { metadata: Object.fromEntries(custom) }),
  }
}

const CUSTOM = 'x-goog-meta-'
