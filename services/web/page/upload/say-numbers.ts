import { formatBytes, formatDuration } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'

/** How much is uploaded, how fast, and how long it will take; the last two only when they are known. */
export const sayNumbers = (upload: {
  sentBytes: number
  sizeBytes: number
  bytesPerSecond: number | undefined
  secondsLeft: number | undefined
}): string => {
  const { sentBytes, sizeBytes, bytesPerSecond, secondsLeft } = upload
  if (sentBytes >= sizeBytes || sentBytes === 0) return formatBytes(sizeBytes)
  const parts = [t('uploads.sentOf', { sent: formatBytes(sentBytes), size: formatBytes(sizeBytes) })]
  if (bytesPerSecond !== undefined && secondsLeft !== undefined) {
    parts.push(t('uploads.speed', { speed: formatBytes(bytesPerSecond) }))
    parts.push(t('uploads.left', { time: formatDuration(secondsLeft) }))
  }
  return parts.join(' · ')
}
