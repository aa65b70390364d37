import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { VideoFacts } from '../probe/source-facts.ts'

type Source = EncodePlan['source']

/** What has to be done to the picture of the source so that it is progressive, opaque, of standard range, and in BT.709. */
export const planColour = (
  video: VideoFacts,
): Pick<
  Source,
  | 'deinterlace'
  | 'isTelecined'
  | 'fieldOrder'
  | 'fieldsTurned'
  | 'toneMap'
  | 'peakNits'
  | 'primaries'
  | 'convertFrom'
  | 'isSeeThrough'
  | 'decoder'
> => {
  const toneMap = HIGH_DYNAMIC_RANGE.get(video.colourTransfer ?? '') ?? null
  return {
    ...fieldsOf(video),
    toneMap,
    peakNits: peak(video),
    primaries: primaries(video, toneMap !== null),
    convertFrom: toneMap === null ? convertedMatrix(video) : highRangeMatrix(video),
    isSeeThrough: isSeeThrough(video),
    // ffmpeg's own decoders of VP8 and VP9 leave out what says how opaque a picture is.
    decoder: video.hasAlphaTrack && (video.codec === 'vp8' || video.codec === 'vp9') ? DECODERS[video.codec] : null,
  }
}

const DECODERS = { vp8: 'libvpx', vp9: 'libvpx-vp9' } as const

// ffprobe's words: which field is stored and which is shown first. "progressive" and "unknown" are looked into (detect-fields.ts).
const INTERLACED: ReadonlySet<string> = new Set(['tt', 'bb', 'tb', 'bt'])

const fieldsOf = ({
  fieldOrder,
  seenFields,
  rotationDegrees,
}: VideoFacts): Pick<Source, 'deinterlace' | 'isTelecined' | 'fieldOrder' | 'fieldsTurned'> => {
  const isFlagged = INTERLACED.has(fieldOrder ?? '')
  const deinterlace = isFlagged || seenFields !== null
  return {
    deinterlace,
    fieldsTurned: deinterlace ? quarterTurns(rotationDegrees) : 0,
    isTelecined: seenFields?.isTelecined ?? false,
    // Where frames say which of their fields is first, they know it better: it can change.
    fieldOrder: isFlagged ? null : (seenFields?.order ?? null),
  }
}

/** What ffprobe counts to the left, to the right; only by whole quarters is a picture turned. */
const quarterTurns = (rotationDegrees: number): Source['fieldsTurned'] =>
  ([90, 180, 270] as const).find((turn) => turn === (360 - rotationDegrees) % 360) ?? 0

const HIGH_DYNAMIC_RANGE: ReadonlyMap<string, 'pq' | 'hlg'> = new Map([
  ['smpte2084', 'pq'],
  ['arib-std-b67', 'hlg'],
])

// What HLG is made for, and most of PQ. With the curve of our tone mapping, another one changes white by 3 % (computed).
const USUAL_PEAK_NITS = 1000
// Below, nothing would be left for what is brighter than white; above, nobody has a screen (SMPTE ST 2084 ends there).
const PEAK_LIMITS_NITS = { least: 400, most: 10_000 }

/** How bright the brightest is: of the content if the file says so, else of the screen that it was made on. */
const peak = ({ colourTransfer, brightestNits }: VideoFacts): number =>
  colourTransfer !== 'smpte2084' || brightestNits === null
    ? USUAL_PEAK_NITS
    : Math.min(PEAK_LIMITS_NITS.most, Math.max(PEAK_LIMITS_NITS.least, brightestNits))

/**
 * Which colours red, green and blue are, where they are others than those of BT.709. Those of BT.601 are so near that nothing is
 * done: its green is 4 of 255 levels off at most (run), and every other converter leaves it.
 */
const primaries = ({ colourPrimaries }: VideoFacts, isHighRange: boolean): Source['primaries'] => {
  if (colourPrimaries === 'smpte432' || colourPrimaries === 'smpte431') return 'p3'
  if (colourPrimaries === 'bt2020') return 'bt2020'
  return isHighRange && colourPrimaries !== 'bt709' ? 'bt2020' : null
}

// "fcc" is older than BT.601, and has its numbers but for the third digit.
const MATRICES: ReadonlyMap<string, 'bt601' | 'bt2020' | 'smpte240m'> = new Map([
  ['bt470bg', 'bt601'],
  ['smpte170m', 'bt601'],
  ['fcc', 'bt601'],
  ['smpte240m', 'smpte240m'],
  ['bt2020nc', 'bt2020'],
])

const RGB = /^(0?rgb|0?bgr|gbr|argb|abgr|x2rgb|x2bgr|pal8|rgba|bgra)/

/**
 * What our BT.709 has to be converted from. A small picture that does not say its matrix has that of standard definition, as
 * players assume (Chromium and mpv do, up to 576 lines); a large one that of high definition.
 */
const convertedMatrix = ({ colourSpace, pixelFormat, codedWidth, codedHeight }: VideoFacts): Source['convertFrom'] => {
  if (RGB.test(pixelFormat ?? '')) return 'rgb'
  if (colourSpace !== null && colourSpace !== 'unknown') return MATRICES.get(colourSpace) ?? null
  return Math.max(codedWidth, codedHeight) < 1280 && Math.min(codedWidth, codedHeight) <= 576 ? 'bt601' : null
}

/** High range is of BT.2020 unless it says otherwise, whatever its size. */
const highRangeMatrix = ({ colourSpace, pixelFormat }: VideoFacts): Source['convertFrom'] => {
  if (RGB.test(pixelFormat ?? '')) return 'rgb'
  return colourSpace === 'bt709' ? null : 'bt2020'
}

const ALPHA = /^(yuva|gbrap|rgba|bgra|argb|abgr|ya)/

/** 32-bit avi of screen recorders has a fourth byte that means nothing, and is 0. */
const isSeeThrough = ({ codec, pixelFormat, hasAlphaTrack }: VideoFacts): boolean =>
  hasAlphaTrack || (codec !== 'rawvideo' && ALPHA.test(pixelFormat ?? ''))
