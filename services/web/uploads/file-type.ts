import { type ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { AssetKind } from '@reelway/shared/options/named-assets.ts'
import {
  animationExtensions,
  pictureExtensions,
  soundExtensions,
  videoExtensions,
} from '@reelway/shared/uploads/source-extensions.ts'

/** What a picture that moves may be called. */
const ANIMATION_TYPES = new Set(['image/gif', 'image/apng', 'image/vnd.mozilla.apng', 'application/octet-stream'])
/** What clients call a file whose type they do not know. */
const UNKNOWN_TYPES = new Set([
  'application/octet-stream',
  'application/mxf',
  'application/x-matroska',
  'application/ogg',
])

/** Not image/*: what can hold scripts, as SVG, is never signed for. */
const PICTURE_TYPES = new Set(['image/png', 'image/jpeg', 'image/webp', 'application/octet-stream'])

const videos = `video files: ${videoExtensions.join(', ')}`
const sources = `${videos}, ${animationExtensions.join(', ')}; and sound: ${soundExtensions.join(', ')}`
const pictures = `pictures: ${pictureExtensions.join(', ')}`

/**
 * Checks name and type before anything is signed: a video or a recording by its extension and by its content type. Throws
 * unsupported_file_type. What the file really is, is found out when it is read.
 */
export const checkFileType = (fileName: string, contentType: string): void => {
  const extension = extensionOf(fileName, sources)
  if (isOneOf(animationExtensions, extension) && ANIMATION_TYPES.has(typeOf(contentType))) return
  if (!isOneOf(videoExtensions, extension) && !isOneOf(soundExtensions, extension)) {
    throw refusal(`Files of type .${extension} are not accepted.`, sources)
  }
  // A recording in a container of videos is called either.
  if (!typeOf(contentType).startsWith('audio/')) checkVideoType(contentType, sources)
}

/**
 * What an asset is by its name, before anything is signed. Throws unsupported_file_type, also when its content type says something else.
 */
export const kindOfAsset = (fileName: string, contentType: string): AssetKind => {
  const accepted = `${pictures}; and ${videos}`
  const extension = extensionOf(fileName, accepted)
  if (isOneOf(videoExtensions, extension)) {
    checkVideoType(contentType, accepted)
    return 'clip'
  }
  if (!isOneOf(pictureExtensions, extension)) throw refusal(`Files of type .${extension} are not accepted.`, accepted)
  const type = typeOf(contentType)
  if (!PICTURE_TYPES.has(type)) {
    throw refusal(`The content type ${type} is not that of a PNG, JPEG or WebP picture.`, accepted)
  }
  return 'picture'
}

const extensionOf = (fileName: string, accepted: string): string => {
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase()
  if (extension === undefined) throw refusal('The file name has no extension.', accepted)
  return extension
}

const isOneOf = (extensions: readonly string[], extension: string): boolean => extensions.includes(extension)

const checkVideoType = (contentType: string, accepted: string): void => {
  const type = typeOf(contentType)
  if (type.startsWith('video/') || UNKNOWN_TYPES.has(type)) return
  throw refusal(`The content type ${type} is not that of a video.`, accepted)
}

const typeOf = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''

const refusal = (reason: string, accepted: string): ReelwayError =>
  reelwayError('unsupported_file_type', { reason, accepted })
