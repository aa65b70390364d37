import { encoded, type Recipe } from '../recipe.ts'
import { type Marks, markedPicture, markedSound } from './marked.ts'

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18'] as const
export const aac = ['-c:a', 'aac', '-b:a', '96k'] as const
export const bt709 = [
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
] as const

type Clip = {
  marks?: Partial<Marks>
  /** What is done to the picture before it is stored. */
  filters?: readonly string[]
  /** How its colours are stored; `matrix` null: it stays RGB. */
  matrix?: 'bt709' | 'bt601' | 'bt2020' | 'fcc' | null
  range?: 'tv' | 'pc'
  pixels?: string
  /** Its encoder, and what the file says of its colours. */
  video?: readonly string[]
  tags?: readonly string[]
  /** Null: no sound. */
  audio?: readonly string[] | null
  audioRateHz?: number
  more?: readonly string[]
}

/** A marked clip: H.264 and AAC, in BT.709 and so tagged, unless something else is said. */
export const markedClip = (
  extension: string,
  { marks, filters = [], matrix = 'bt709', range = 'tv', pixels = 'yuv420p', ...clip }: Clip = {},
): Recipe => {
  const stored = matrix === null ? [] : [`scale=out_color_matrix=${matrix}:out_range=${range}:flags=accurate_rnd`]
  const audio = clip.audio === undefined ? aac : clip.audio
  return encoded(
    extension,
    ...markedPicture(marks),
    ...(audio === null ? [] : markedSound(marks?.seconds, clip.audioRateHz)),
    ...['-vf', [...filters, ...stored, `format=${pixels}`].join(',')],
    ...(clip.video ?? h264),
    ...(clip.tags ?? bt709),
    ...(audio ?? []),
    ...(clip.more ?? []),
  )
}
