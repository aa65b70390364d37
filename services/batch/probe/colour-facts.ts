import type { ProbeStream } from './probe-report.ts'
import type { VideoFacts } from './source-facts.ts'

type ColourFacts = Pick<
  VideoFacts,
  | 'colourRange'
  | 'colourSpace'
  | 'colourTransfer'
  | 'colourPrimaries'
  | 'brightestNits'
  | 'dolbyVision'
  | 'hasAlphaTrack'
>

/** What a stream says of its colours, its brightness and what is seen through it. */
export const colourFacts = ({ side_data_list: beside = [], tags = {}, ...video }: ProbeStream): ColourFacts => {
  // 0 means that it is not known.
  const content = beside.find(({ max_content = 0 }) => max_content > 0)?.max_content
  const screen = beside.find(({ max_luminance }) => max_luminance !== undefined)?.max_luminance
  const dolby = beside.find(({ dv_profile }) => dv_profile !== undefined)
  return {
    colourRange: video.color_range ?? null,
    colourSpace: video.color_space ?? null,
    colourTransfer: video.color_transfer ?? null,
    colourPrimaries: video.color_primaries ?? null,
    brightestNits: content ?? (screen === undefined ? null : screen.num / screen.den),
    dolbyVision:
      dolby?.dv_profile === undefined
        ? null
        : { profile: dolby.dv_profile, compatibility: dolby.dv_bl_signal_compatibility_id ?? 0 },
    hasAlphaTrack: (tags.alpha_mode ?? tags.ALPHA_MODE) === '1',
  }
}
