import type { PresetResource } from '../../presets/preset-schema.ts'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { formatClock, formatNumber } from '../i18n/format.ts'
import { nameCodec } from '../i18n/name-codec.ts'
import { t } from '../i18n/translate.ts'

type Described = { format: string; picture: string | undefined; sound: string; duration: string | undefined }

/**
 * What is known of a result, in words. The API names no codecs of results: they are those of the preset, which is undefined while it is not
 * loaded, or is none any more.
 */
export const describeResult = (
  task: TaskResource,
  output: TaskResource['outputs'][number],
  preset: PresetResource | undefined,
): Described => ({
  format: nameFormat(output.contentType),
  picture: pictureOf(output, preset),
  sound: soundOf(task, output, preset),
  duration: output.durationSeconds === null ? undefined : formatClock(output.durationSeconds),
})

const FORMATS: Readonly<Record<string, string>> = {
  'application/vnd.apple.mpegurl': 'HLS',
  'video/mp4': 'MP4',
  'video/webm': 'WebM',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'image/jpeg': 'JPEG',
  'audio/mp4': 'M4A',
  'audio/mpeg': 'MP3',
  'audio/ogg': 'Ogg',
  'audio/flac': 'FLAC',
}

const nameFormat = (contentType: string): string => FORMATS[contentType] ?? contentType

const pictureOf = (
  { width, height, contentType }: TaskResource['outputs'][number],
  preset: PresetResource | undefined,
): string | undefined => {
  if (contentType.startsWith('audio/')) return t('tasks.factNone')
  const size = width === null || height === null ? undefined : `${width} × ${height}`
  // An image's format says it all.
  const codec =
    preset?.videoCodec == null || contentType.startsWith('image/') ? undefined : nameCodec(preset.videoCodec)
  const known = [size, codec].filter((fact) => fact !== undefined)
  return known.length === 0 ? undefined : known.join(', ')
}

const soundOf = (
  { options, source }: TaskResource,
  { contentType }: TaskResource['outputs'][number],
  preset: PresetResource | undefined,
): string => {
  // A clip before or after a silent video may bring a sound of its own.
  const isSilent = source?.audioCodec === null && options.intro === undefined && options.outro === undefined
  if (options.mute === true || isSilent || contentType.startsWith('image/')) return t('tasks.factNone')
  const codec = preset?.audioCodec == null ? undefined : nameCodec(preset.audioCodec)
  const loudness =
    options.loudness === undefined
      ? undefined
      : t('tasks.factLoudness', { lufs: formatNumber(options.loudness.integratedLufs) })
  return [codec, loudness].filter((fact) => fact !== undefined).join(', ')
}
