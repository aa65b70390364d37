/** One chain of a filter graph: filters in order, with the labels of what goes in and what comes out. */
export type Chain = { from?: string[]; filters: (string | null)[]; to: string[] }

/** A graph as ffmpeg reads it; null stands for a filter that is not needed. */
export const renderGraph = (chains: Chain[]): string =>
  chains
    .map(({ from = [], filters, to }) => {
      const label = (name: string) => `[${name}]`
      return `${from.map(label).join('')}${filters.filter((filter) => filter !== null).join(',')}${to.map(label).join('')}`
    })
    .join(';')
