import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { VideoFacts } from './source-facts.ts'

/** What has to be done to the picture of the source so that it is progressive, of standard range, and in BT.709. */
export const planColour = (
  video: VideoFacts,
): Pick<EncodePlan['source'], 'deinterlace' | 'toneMap' | 'convertFrom'> => ({
  deinterlace: INTERLACED.has(video.fieldOrder ?? ''),
  toneMap: HIGH_DYNAMIC_RANGE.get(video.colourTransfer ?? '') ?? null,
  convertFrom: convertedMatrix(video),
})

// ffprobe's words: which field is stored and which is shown first. "progressive" and "unknown" need nothing.
const INTERLACED: ReadonlySet<string> = new Set(['tt', 'bb', 'tb', 'bt'])

const HIGH_DYNAMIC_RANGE: ReadonlyMap<string, 'pq' | 'hlg'> = new Map([
  ['smpte2084', 'pq'],
  ['arib-std-b67', 'hlg'],
])

const MATRICES: ReadonlyMap<string, 'bt601' | 'bt2020'> = new Map([
  ['bt470bg', 'bt601'],
  ['smpte170m', 'bt601'],
  ['bt2020nc', 'bt2020'],
])

/**
 * What our BT.709 has to be converted from. A small picture that does not say its matrix has that of standard definition, as
 * players assume (Chromium and mpv do, up to 576 lines); a large one that of high definition.
 */
const convertedMatrix = ({ colourSpace, codedWidth, codedHeight }: VideoFacts): 'bt601' | 'bt2020' | null => {
  if (colourSpace !== null && colourSpace !== 'unknown') return MATRICES.get(colourSpace) ?? null
  return Math.max(codedWidth, codedHeight) < 1280 && Math.min(codedWidth, codedHeight) <= 576 ? 'bt601' : null
}
