import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import type { PresetName } from '@reelway/shared/presets/catalogue.ts'
import type { VideoName } from '../videos/recipes.ts'

/** What comes of a clip when nothing is in the way: a result, or the code of the reason that there is none. */
export type Deserved =
  | { kind: 'result'; frames: number; durationSeconds: number; sound: boolean }
  | { kind: 'refused'; code: ErrorCode }

export type Clip = {
  video: VideoName
  preset: PresetName
  deserves: Deserved
  /** it is cut into parts when the stack makes plans believe that this machine is slow */
  long: boolean
}

const short = (video: VideoName, preset: PresetName, frames: number, rate: number, sound = true): Clip => ({
  video,
  preset,
  deserves: { kind: 'result', frames, durationSeconds: frames / rate, sound },
  long: false,
})
const long = (video: VideoName, preset: PresetName): Clip => ({
  ...short(video, preset, 3000, 10),
  long: true,
})
const bad = (video: VideoName, preset: PresetName, code: ErrorCode): Clip => ({
  video,
  preset,
  deserves: { kind: 'refused', code },
  long: false,
})

/** Small ones, so that a round of many tasks takes little: frames are those that the single run makes of them. */
export const clips = {
  short: [
    short('two-tenths', 'mp4-720p', 6, 30),
    short('two-tenths', 'league', 66, 30),
    short('two-tenths', 'webm-720p', 6, 30),
    short('silent', 'mp4-720p', 72, 24, false),
    short('ntsc', 'mp4-720p', 90, 30_000 / 1001),
    short('ntsc', 'webm-720p', 90, 30_000 / 1001),
    short('seven-seconds', 'mp4-720p', 210, 30),
    short('matroska', 'mp4-720p', 211, 30),
    short('from-the-air', 'mp4-720p', 101, 25),
  ],
  long: [
    long('five-quiet-minutes', 'mp4-720p'),
    long('five-quiet-minutes-mkv', 'mp4-720p'),
    long('five-quiet-minutes', 'webm-720p'),
  ],
  bad: [
    bad('noise-named-mp4', 'mp4-720p', 'not_a_video'),
    bad('text-named-mp4', 'league', 'document_instead'),
    bad('sound-only', 'mp4-720p', 'no_picture'),
    bad('cut-moov-last', 'mp4-720p', 'source_unfinished'),
    bad('cut-matroska', 'league', 'source_truncated'),
    bad('cut-matroska', 'mp4-720p', 'source_truncated'),
  ],
} as const satisfies Record<string, readonly Clip[]>
