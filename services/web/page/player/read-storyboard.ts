/** A small picture of a moment: from when until when it stands, and where it is in which picture, in pixels. */
export type Tile = {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly url: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * The tiles of a storyboard in WebVTT, in the order of time: cues whose text is an address with "#xywh=x,y,width,height" (W3C Media
 * Fragments). What is none is left out: a picture that is missing is no reason to show none.
 */
export const readStoryboard = (vtt: string): Tile[] =>
  vtt
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((cue) => tileIn(cue.split('\n')) ?? [])
    .sort((one, other) => one.startSeconds - other.startSeconds)

const tileIn = (lines: readonly string[]): Tile | undefined => {
  const at = lines.findIndex((line) => line.includes('-->'))
  const [start, end] = (lines[at] ?? '').split('-->').map((time) => secondsOf(time.trim().split(/\s/, 1)[0] ?? ''))
  const place = /^(\S+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/.exec(lines[at + 1]?.trim() ?? '')
  if (start === undefined || end === undefined || place === null) return undefined
  const [x = 0, y = 0, width = 0, height = 0] = place.slice(2).map(Number)
  return { startSeconds: start, endSeconds: end, url: place[1] ?? '', x, y, width, height }
}

/** 01:02:03.004, or 02:03.004 (https://www.w3.org/TR/webvtt1/#webvtt-timestamp). */
const secondsOf = (timestamp: string): number | undefined => {
  const parts = /^(?:(\d{2,}):)?(\d{2}):(\d{2}\.\d{3})$/.exec(timestamp)
  return parts === null ? undefined : Number(parts[1] ?? 0) * 3600 + Number(parts[2]) * 60 + Number(parts[3])
}
