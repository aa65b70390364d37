import type { EncodePlan } from './encode-plan.ts'

type Source = EncodePlan['source']

// ITU-R BT.2408: what is white on a normal screen has 203 cd/m2 in HDR.
const WHITE_NITS = 203

/**
 * The filters that scale a picture to a size and bring it to BT.709 and the standard range. What it lets through is black.
 */
export const standardColour = (source: Source, { width, height }: { width: number; height: number }): string[] => {
  const size = `w=${width}:h=${height}`
  return [...(source.isSeeThrough ? onBlack(source) : []), ...scaled(source, size)]
}

/** Each colour as bright as much as it is opaque; the opacity itself is dropped by what scales it. */
const onBlack = ({ convertFrom }: Source): string[] => [
  // What premultiply takes, in the family of the source: the conversion from RGB is not its business.
  convertFrom === 'rgb' ? 'format=gbrap' : 'format=yuva444p|yuva444p10le|yuva444p12le',
  'premultiply=inplace=1',
]

const scaled = (source: Source, size: string): string[] => {
  if (source.toneMap !== null) return toneMapped(source, size)
  if (source.primaries !== null) {
    const matrix = source.convertFrom === 'bt2020' ? '2020_ncl' : '709'
    return [`zscale=${size}:min=${matrix}:pin=${PRIMARIES[source.primaries]}:tin=709:m=709:p=709:t=709:r=tv`]
  }
  return [`scale=${size}${matrices(source)}:out_range=tv`]
}

const matrices = ({ convertFrom }: Source): string => {
  // Nothing is named where nothing is converted: an untagged source would go through RGB and back.
  if (convertFrom === null) return ''
  return convertFrom === 'rgb' ? ':out_color_matrix=bt709' : `:in_color_matrix=${convertFrom}:out_color_matrix=bt709`
}

/**
 * What is not brighter than a face in the sun stays as bright as it is; above that the scale is bent (mobius), so that the
 * brightest of the source is the brightest of the result. hable bends everything: grey of 18 % got 75 levels instead of 118, and
 * white 150 (computed). Very bright colours lose a little of it, as a film or an eye would.
 */
const toneMapped = (source: Source, size: string): string[] => {
  const transfer = source.toneMap === 'pq' ? 'smpte2084' : 'arib-std-b67'
  const matrix = source.convertFrom === 'rgb' ? 'gbr' : source.convertFrom === 'bt2020' ? '2020_ncl' : '709'
  const primaries = PRIMARIES[source.primaries ?? 'bt709']
  return [
    // What the file leaves unsaid about its colours is said here: zscale refuses to guess, and what comes in is said to come out.
    `zscale=${size}:tin=${transfer}:min=${matrix}:pin=${primaries}:p=${primaries}:t=linear:npl=${WHITE_NITS}`,
    'format=gbrpf32le',
    'zscale=p=709',
    `tonemap=mobius:param=0.3:desat=2:peak=${(source.peakNits / WHITE_NITS).toFixed(3)}`,
    'zscale=t=709:m=709:r=tv',
  ]
}

const PRIMARIES = { bt709: '709', bt2020: '2020', p3: 'smpte432' } as const
