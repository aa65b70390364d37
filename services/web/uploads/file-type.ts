import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'

/** The containers that batch reads, by the extension of their files. */
const extensions = [
  'mp4',
  'm4v',
  'mov',
  '3gp',
  '3g2',
  'mkv',
  'webm',
  'ts',
  'mts',
  'm2ts',
  'avi',
  'mpg',
  'mpeg',
  'flv',
  'wmv',
  'ogv',
  'mxf',
] as const
/** What clients call a file whose type they do not know. */
const UNKNOWN_TYPES = new Set(['application/octet-stream', 'application/mxf', 'application/x-matroska'])

/**
 * Checks name and type before anything is signed: a video by its extension and by its content type. Throws
 * unsupported_file_type. What the file really is, is found out when it is read.
 */
export const checkFileType = (fileName: string, contentType: string): void => {
  const accepted = extensions.join(', ')
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase()
  if (extension === undefined) {
    throw reelwayError('unsupported_file_type', { reason: 'The file name has no extension.', accepted })
  }
  if (!extensions.some((known) => known === extension)) {
    throw reelwayError('unsupported_file_type', { reason: `Files of type .${extension} are not accepted.`, accepted })
  }
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!type.startsWith('video/') && !UNKNOWN_TYPES.has(type)) {
    throw reelwayError('unsupported_file_type', {
      reason: `The content type ${type} is not that of a video.`,
      accepted,
    })
  }
}
