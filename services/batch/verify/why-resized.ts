import { type FileHandle, open } from 'node:fs/promises'
import { findBlocks, type Place } from '../mux/webm/find-blocks.ts'
import { VP9_HEAD_BYTES, VP9_INDEX_BYTES, vp9FrameLengths, vp9Size } from './vp9-size.ts'

const PICTURE_TRACK = 1

/**
 * Why the VP9 picture of a webm of ours is not of one size from its first frame to the last: between key frames it may change, as in
 * recordings of calls, and not every player follows. Undefined: it is. Reads some bytes of each frame.
 */
export const whyResized = async (
  path: string,
  { width, height }: { width: number; height: number },
): Promise<string | undefined> => {
  await using file = await open(path)
  for await (const block of findBlocks(file, PICTURE_TRACK)) {
    for (const head of await headsIn(file, block)) {
      const size = vp9Size(head)
      if (size.kind === 'unknown') return 'a frame of it cannot be understood'
      if (size.kind === 'own' && (size.width !== width || size.height !== height)) {
        return `its size changes to ${size.width}x${size.height}`
      }
    }
  }
  return undefined
}

/** The first bytes of each frame in a packet. */
const headsIn = async (file: FileHandle, { position, length }: Place): Promise<Buffer[]> => {
  const end = await readAt(file, Math.max(position, position + length - VP9_INDEX_BYTES), position + length)
  const heads: Buffer[] = []
  let at = position
  for (const frameBytes of vp9FrameLengths(end, length)) {
    heads.push(await readAt(file, at, Math.min(at + VP9_HEAD_BYTES, at + frameBytes)))
    at += frameBytes
  }
  return heads
}

const readAt = async (file: FileHandle, start: number, end: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(Math.max(0, end - start))
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  return bytes.subarray(0, bytesRead)
}
