import type { Bucket } from '@google-cloud/storage'
import { create as contentDisposition } from 'content-disposition'

/**
 * Download URLs are made anew only when the hour changes, and live for two: one stays valid for an hour at least, a client's
 * cached answer stays the same, and signing (a network call on Cloud Run) happens once an hour.
 */
const WINDOW_SECONDS = 60 * 60
const URLS_KEPT = 5_000

export type SignedDownload = { url: string; expiresAt: Date }

/** What is downloaded: one generation of an object, under the name that the user gave the file. */
export type Download = { objectName: string; generation: string; contentType: string; fileName: string }

/**
 * Makes THE SIGNED DOWNLOAD URL of what is in a bucket, and remembers them while they can be handed out again. Each is valid for a
 * window of time at least, and for two at most, counted from the beginning of the window: signed within it, none is used for longer than
 * two windows after it was signed.
 */
export const makeDownloadSigner = (
  bucket: Bucket,
  windowSeconds = WINDOW_SECONDS,
): ((download: Download) => Promise<SignedDownload>) => {
  const signed = new Map<string, Promise<SignedDownload>>()
  return (download) => {
    const window = Math.floor(Date.now() / 1000 / windowSeconds)
    const key = `${window} ${download.generation} ${download.objectName} ${download.fileName}`
    const known = signed.get(key)
    if (known !== undefined) return known
    const url = signDownload(bucket, download, { accessibleAt: new Date(window * windowSeconds * 1000), windowSeconds })
    signed.set(key, url)
    url.catch(() => signed.delete(key))
    // A Map keeps the order of insertion: the first is the oldest.
    for (const oldest of signed.keys()) {
      if (signed.size <= URLS_KEPT) break
      signed.delete(oldest)
    }
    return url
  }
}

const signDownload = async (
  bucket: Bucket,
  download: Download,
  { accessibleAt, windowSeconds }: { accessibleAt: Date; windowSeconds: number },
): Promise<SignedDownload> => {
  const expiresAt = new Date(accessibleAt.getTime() + 2 * windowSeconds * 1000)
  const [url] = await bucket.file(download.objectName).getSignedUrl({
    version: 'v4',
    action: 'read',
    accessibleAt,
    expires: expiresAt,
    responseDisposition: contentDisposition(download.fileName),
    responseType: download.contentType,
    queryParams: { generation: download.generation },
  })
  return { url, expiresAt }
}
