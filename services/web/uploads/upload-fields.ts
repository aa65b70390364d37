import { z } from 'zod'

/** What a client says of a file before it uploads it. */
export const uploadFields = {
  fileName: z
    .string('Give the name of the file.')
    .trim()
    .min(1, 'Give the name of the file.')
    .max(255, 'Use at most 255 characters.')
    .refine((name) => !/[/\\\p{Cc}]/u.test(name), 'Give the name alone, without folders or control characters.'),
  contentType: z
    .string('Give the content type of the file, such as video/mp4.')
    .max(127, 'Use at most 127 characters.')
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w.+-]+=[\w.+"-]+)*$/, 'Give a content type such as video/mp4.'),
  sizeBytes: z.int('Give the size of the file in bytes.').positive('The file is empty. Choose another file.'),
  crc32c: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{5}[AQgw]==$/,
      'Give the CRC32C of the file as Cloud Storage does: base64 of 4 bytes, big-endian.',
    )
    .optional(),
  uploadType: z.enum(['resumable', 'single'], 'Choose "resumable" or "single".').default('resumable'),
}
