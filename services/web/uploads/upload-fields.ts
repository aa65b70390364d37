import { z } from 'zod'

/** What a client says of a file before it uploads it. */
export const uploadFields = {
  fileName: z
    .string('Give the name of the file.')
    .trim()
    .min(1, 'Give the name of the file.')
    .max(255, 'Use at most 255 characters.')
    .refine((name) => !/[/\\\p{Cc}]/u.test(name), 'Give the name alone, without folders or control characters.')
    .describe(
      'Without folders. Its extension must be one of those that are accepted; a result is downloaded under it.',
    ),
  contentType: z
    .string('Give the content type of the file, such as video/mp4.')
    .max(127, 'Use at most 127 characters.')
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w.+-]+=[\w.+"-]+)*$/, 'Give a content type such as video/mp4.')
    .describe('That of the file, or application/octet-stream; the upload must be sent with it.'),
  sizeBytes: z
    .int('Give the size of the file in bytes.')
    .positive('The file is empty. Choose another file.')
    .describe('The size of the file to the byte: no other is accepted.'),
  crc32c: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{5}[AQgw]==$/,
      'Give the CRC32C of the file as Cloud Storage does: base64 of 4 bytes, big-endian.',
    )
    .optional()
    .describe('The CRC32C of the file as Cloud Storage writes it: an upload that was damaged on the way is refused.'),
  uploadType: z
    .enum(['resumable', 'single'], 'Choose "resumable" or "single".')
    .default('resumable')
    .describe('Whether it is sent in a session that can be resumed, or with one PUT.'),
}
