import type { Storyboard } from '@reelway/shared/previews.ts'

/**
 * The cues of a storyboard as WebVTT, without a gap from 0 to the end of the result, each with the place of its picture in the sprite at
 * `spriteUrl` (https://www.w3.org/TR/media-frags/#naming-space).
 */
export const renderStoryboard = (storyboard: Storyboard, spriteUrl: string): string => {
  const { startsMillis, endMillis, tileWidth, tileHeight, columns } = storyboard
  const cues = startsMillis.map((startMillis, index) => {
    const left = (index % columns) * tileWidth
    const top = Math.floor(index / columns) * tileHeight
    const until = startsMillis[index + 1] ?? endMillis
    return `${timestamp(startMillis)} --> ${timestamp(until)}\n${spriteUrl}#xywh=${left},${top},${tileWidth},${tileHeight}`
  })
  return `${['WEBVTT', ...cues].join('\n\n')}\n`
}

/** https://www.w3.org/TR/webvtt1/#webvtt-timestamp */
const timestamp = (millis: number): string => {
  const seconds = Math.floor(millis / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${padded(hours)}:${padded(minutes)}:${padded(seconds % 60)}.${padded(millis % 1000, 3)}`
}

const padded = (value: number, digits = 2): string => String(value).padStart(digits, '0')
