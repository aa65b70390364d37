import { open } from 'node:fs/promises'
import { pictureTimescale } from '../ffmpeg/output-args.ts'
import { readObject } from '../source/read-object.ts'
import { fragmentHeader } from './cmaf/fragment.ts'
import { initSegment } from './cmaf/init-segment.ts'
import { noDescription } from './description.ts'
import type { JoinedPicture, KeyFrame } from './key-frames.ts'
import { locateSample } from './locate-sample.ts'
import { malformedPart } from './malformed-part.ts'

/** So many are asked for at a time: a round trip each. */
const READ_AT_ONCE = 8

/**
 * Writes key frames of a picture that is joined from parts to a file of their own: an mp4 in fragments, of one frame each, at the times at
 * which the whole shows them. Of the parts nothing else is read. Throws what readObject throws.
 */
export const writeReel = async (
  path: string,
  picture: JoinedPicture,
  frames: readonly KeyFrame[],
  signal: AbortSignal,
): Promise<void> => {
  const { entry, frameRate, shifts } = picture.table
  if (entry === undefined) throw malformedPart('there is no picture')
  const timescale = pictureTimescale(frameRate)
  const stepTicks = (timescale * frameRate.den) / frameRate.num
  await using file = await open(path, 'wx')
  await file.write(initSegment({ kind: 'vide', entry, timescale, mediaTime: 0, description: noDescription }))
  for (let from = 0; from < frames.length; from += READ_AT_ONCE) {
    const some = frames.slice(from, from + READ_AT_ONCE)
    const read = await Promise.all(some.map((frame) => readFrame(picture, frame, signal)))
    for (const [place, { index, sizeBytes }] of some.entries()) {
      const header = fragmentHeader({
        sequence: from + place + 1,
        decodeTicks: (index + (shifts[index] ?? 0)) * stepTicks,
        stepTicks,
        sizes: Uint32Array.of(sizeBytes),
        picture: { keys: Uint8Array.of(1), shifts: Int16Array.of(0), delay: 0 },
      })
      await file.writev([header, read[place] ?? Buffer.alloc(0)])
    }
  }
}

const readFrame = async (
  picture: JoinedPicture,
  { index, sizeBytes }: KeyFrame,
  signal: AbortSignal,
): Promise<Buffer> => {
  const { file, first } = locateSample(picture, index)
  const chunks: Buffer[] = []
  for await (const chunk of readObject(file, { first, last: first + sizeBytes - 1 }, signal)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
