import type { Rendition } from './encode-plan.ts'
import type { Chain } from './render-graph.ts'

/** The picture from one label in all of its sizes, in the labels that renditionLabel gives. */
export const renditionTail = (renditions: readonly Rendition[], from: string): Chain[] => {
  const scaled = renditions.map(({ width, height }, index) => ({
    from: [`size${index}`],
    filters: [`scale=w=${width}:h=${height}`, 'setsar=1'],
    to: [renditionLabel(index)],
  }))
  return [
    {
      from: [from],
      filters: [`split=${renditions.length}`],
      to: renditions.map((_, index) => `size${index}`),
    },
    ...scaled,
  ]
}

export const renditionLabel = (index: number): string => `v${index}`
