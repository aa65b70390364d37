import type { TaskOptions } from '@reelway/shared/options/task-options.ts'

/** What can be chosen for an option, as the API takes it. */
export const qualities = ['smallest', 'small', 'standard', 'high', 'best'] as const satisfies TaskOptions['quality'][]
export const quarterTurns = [90, 180, 270] as const satisfies TaskOptions['rotate'][]
export const metadataChoices = ['strip', 'keep', 'keep-location'] as const satisfies TaskOptions['metadata'][]
export const watermarkPlaces = [
  ...(['top-left', 'top', 'top-right', 'left', 'centre', 'right'] as const),
  ...(['bottom-left', 'bottom', 'bottom-right'] as const),
] as const satisfies NonNullable<TaskOptions['watermark']>['position'][]
export const fitModes = ['contain', 'cover', 'stretch', 'none'] as const

/** How loud: what is common on the web, for speech, and in European broadcasting (EBU R128). */
export const loudnessTargets = [
  { name: 'web', integratedLufs: -14 },
  { name: 'speech', integratedLufs: -16 },
  { name: 'broadcast', integratedLufs: -23 },
] as const

/** The name of the target that a loudness comes nearest to. */
export const loudnessOf = (loudness: TaskOptions['loudness']): (typeof loudnessTargets)[number]['name'] | undefined => {
  if (loudness === undefined) return undefined
  const distance = ({ integratedLufs }: { integratedLufs: number }) =>
    Math.abs(integratedLufs - loudness.integratedLufs)
  return loudnessTargets.toSorted((one, other) => distance(one) - distance(other))[0]?.name
}
