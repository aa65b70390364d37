import type { LegName } from './plan-of-leg.ts'

/** A leg of the result, from `start` up to, without, `end`: in frames or samples of the whole. */
export type Leg = { name: LegName; start: number; end: number }

/** The legs that there are, in the order in which they are shown. */
export const legsOf = ({ intro, body, outro }: Record<LegName, number>): Leg[] => {
  const legs: Leg[] = [
    { name: 'intro', start: 0, end: intro },
    { name: 'body', start: intro, end: intro + body },
    { name: 'outro', start: intro + body, end: intro + body + outro },
  ]
  return legs.filter(({ start, end }) => end > start)
}
