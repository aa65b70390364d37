import { av1Mp4720p } from './av1-mp4-720p.ts'
import { av1Mp41080p } from './av1-mp4-1080p.ts'
import { av1Mp42160p } from './av1-mp4-2160p.ts'
import { av1Webm720p } from './av1-webm-720p.ts'
import { av1Webm1080p } from './av1-webm-1080p.ts'
import { av1Webm2160p } from './av1-webm-2160p.ts'
import { flac } from './flac.ts'
import { gif } from './gif.ts'
import { hevc1080p } from './hevc-1080p.ts'
import { hevc2160p } from './hevc-2160p.ts'
import { hls } from './hls.ts'
import { league } from './league.ts'
import { m4a } from './m4a.ts'
import { mp3 } from './mp3.ts'
import { mp4360p } from './mp4-360p.ts'
import { mp4480p } from './mp4-480p.ts'
import { mp4720p } from './mp4-720p.ts'
import { mp41080p } from './mp4-1080p.ts'
import { mp41440p } from './mp4-1440p.ts'
import { mp42160p } from './mp4-2160p.ts'
import { opus } from './opus.ts'
import { poster } from './poster.ts'
import type { Preset } from './schema.ts'
import { webm480p } from './webm-480p.ts'
import { webm720p } from './webm-720p.ts'
import { webm1080p } from './webm-1080p.ts'
import { webm2160p } from './webm-2160p.ts'
import { webp } from './webp.ts'

/** Every preset by its name, in the order in which they are shown. */
export const presets = {
  [league.name]: league,
  [mp4360p.name]: mp4360p,
  [mp4480p.name]: mp4480p,
  [mp4720p.name]: mp4720p,
  [mp41080p.name]: mp41080p,
  [mp41440p.name]: mp41440p,
  [mp42160p.name]: mp42160p,
  [hevc1080p.name]: hevc1080p,
  [hevc2160p.name]: hevc2160p,
  [webm480p.name]: webm480p,
  [webm720p.name]: webm720p,
  [webm1080p.name]: webm1080p,
  [webm2160p.name]: webm2160p,
  [av1Mp4720p.name]: av1Mp4720p,
  [av1Mp41080p.name]: av1Mp41080p,
  [av1Mp42160p.name]: av1Mp42160p,
  [av1Webm720p.name]: av1Webm720p,
  [av1Webm1080p.name]: av1Webm1080p,
  [av1Webm2160p.name]: av1Webm2160p,
  [hls.name]: hls,
  [gif.name]: gif,
  [webp.name]: webp,
  [poster.name]: poster,
  [m4a.name]: m4a,
  [mp3.name]: mp3,
  [opus.name]: opus,
  [flac.name]: flac,
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets

/** The names of presets whose results have a picture. */
export type VideoPresetName = {
  [Name in PresetName]: (typeof presets)[Name]['video'] extends null ? never : Name
}[PresetName]

/** The names of those whose results are sound alone. */
export type SoundPresetName = Exclude<PresetName, VideoPresetName>

export const presetNames = [
  league.name,
  mp4360p.name,
  mp4480p.name,
  mp4720p.name,
  mp41080p.name,
  mp41440p.name,
  mp42160p.name,
  hevc1080p.name,
  hevc2160p.name,
  webm480p.name,
  webm720p.name,
  webm1080p.name,
  webm2160p.name,
  av1Mp4720p.name,
  av1Mp41080p.name,
  av1Mp42160p.name,
  av1Webm720p.name,
  av1Webm1080p.name,
  av1Webm2160p.name,
  hls.name,
  gif.name,
  webp.name,
  poster.name,
  m4a.name,
  mp3.name,
  opus.name,
  flac.name,
] as const satisfies readonly PresetName[]

export const defaultPresetName = league.name

/** The preset of a name; undefined when there is none, for example because a newer revision of web knows more. */
export const findPreset = (name: string): Preset | undefined =>
  Object.values<Preset>(presets).find((preset) => preset.name === name)
