import { z } from 'zod'

/** The forms that a file of the page is kept in besides its own, by their names in Content-Encoding; the best first. */
export const encodingNames = ['br', 'gzip'] as const

/** What is known of a file of the built page. */
const pageFile = z.strictObject({
  contentType: z.string(),
  /** of its bytes before compression */
  digest: z.string(),
  sizeBytes: z.strictObject({ identity: z.int(), br: z.int(), gzip: z.int() }),
})

export type PageFile = z.infer<typeof pageFile>

/** The file in the folder of the built page that says what is in it, by the path of its address. */
export const PAGE_MANIFEST = 'files.json'

export const pageManifest = z.strictObject({
  files: z.record(z.string(), pageFile),
  /** the digests of the sources that it was built from, by their paths in the repository */
  sources: z.record(z.string(), z.string()),
})
