import type { EncodePlan } from './encode-plan.ts'

/** What stands before the source, the source, and what stands after it. */
export type LegName = 'intro' | 'body' | 'outro'

/**
 * The plan of one leg as if it were alone: its frames and samples begin at 0, and a clip of the user's is its source. For a leg that is
 * a picture the source means nothing, and it is silent.
 */
export const planOfLeg = (plan: EncodePlan, name: LegName): EncodePlan => {
  const frames = plan.frames[name]
  const alone = {
    ...plan,
    frames: { intro: 0, body: frames, outro: 0, total: frames },
    bookends: { intro: null, outro: null },
    audio:
      plan.audio === null ? null : { ...plan.audio, samples: { intro: 0, body: plan.audio.samples[name], outro: 0 } },
  }
  if (name === 'body') return alone
  const bookend = plan.bookends[name]
  const own =
    bookend?.kind === 'clip'
      ? { source: bookend.source, picture: bookend.picture, align: 'centre' as const, background: '#000000' }
      : { source: { ...plan.source, audioIndex: null } }
  const from = own.source.audioIndex === null ? ('silence' as const) : ('source' as const)
  return { ...alone, ...own, watermark: null, audio: alone.audio === null ? null : { ...alone.audio, from } }
}
