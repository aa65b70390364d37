import type { Ending } from './convert-hostile.ts'
import type { HostileFile } from './hostile-file.ts'

/** How often each kind of damage ended in which way, and the most that one of its files cost. */
export type Outcomes = Map<string, { endings: Map<string, number>; seconds: number; peakBytes: number }>

/** Counts how one file ended. */
export const addOutcome = (
  outcomes: Outcomes,
  { mutation }: HostileFile,
  name: string,
  { seconds, peakBytes }: Pick<Ending, 'seconds' | 'peakBytes'>,
): void => {
  const outcome = outcomes.get(mutation) ?? { endings: new Map<string, number>(), seconds: 0, peakBytes: 0 }
  outcome.endings.set(name, (outcome.endings.get(name) ?? 0) + 1)
  outcome.seconds = Math.max(outcome.seconds, seconds)
  outcome.peakBytes = Math.max(outcome.peakBytes, peakBytes)
  outcomes.set(mutation, outcome)
}

/** A table in plain text: one line a kind of damage. */
export const formatOutcomes = (outcomes: Outcomes): string => {
  const lines = [...outcomes]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([mutation, { endings, seconds, peakBytes }]) => {
      const counts = [...endings].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`)
      const cost = [seconds.toFixed(1).padStart(8), (peakBytes / 1e6).toFixed(0).padStart(8)]
      return `${mutation.padEnd(20)}${cost.join('')}  ${counts.join(', ')}`
    })
  return [`${'damage'.padEnd(20)}${'most s'.padStart(8)}${'most MB'.padStart(8)}  endings`, ...lines].join('\n')
}
