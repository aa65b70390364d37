import type { SourceSummary } from '@reelway/shared/source-summary.ts'
import { formatClock, formatNumber } from '../i18n/format.ts'
import { nameCodec } from '../i18n/name-codec.ts'
import { t } from '../i18n/translate.ts'

/** What is known of an uploaded file, in words. */
export const describeOriginal = (
  source: SourceSummary,
): { format: string; picture: string; sound: string; duration: string } => ({
  format: source.container.toUpperCase(),
  picture: pictureOf(source),
  sound: soundOf(source),
  duration: formatClock(source.durationSeconds),
})

const pictureOf = ({ width, height, frameRate, videoCodec }: SourceSummary): string => {
  if (videoCodec === null) return t('tasks.factNone')
  const size = width === null || height === null ? undefined : `${width} × ${height}`
  const rate = frameRate === null ? undefined : t('tasks.factRate', { rate: formatNumber(frameRate) })
  return [size, rate, nameCodec(videoCodec)].filter((fact) => fact !== undefined).join(', ')
}

const soundOf = ({ audioCodec, audioChannels }: SourceSummary): string => {
  if (audioCodec === null) return t('tasks.factNone')
  const channels = audioChannels === null ? undefined : t('tasks.factChannels', { count: audioChannels })
  return [nameCodec(audioCodec), channels].filter((fact) => fact !== undefined).join(', ')
}
