import { readFile } from 'node:fs/promises'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { readJpeg } from './read-jpeg.ts'
import { readWebp } from './read-webp.ts'

// The frames are rounded to milliseconds one by one, and the last has the length of the one before.
const TOLERANCE_MILLISECONDS = 2

/**
 * Compares a WebP or JPEG file of ours with the plan, from its first byte to its last; undefined when it is what was planned,
 * else why not. Frames that do not differ from the one before are not stored again, so that of an animation the time counts.
 */
export const verifyImage = async (path: string, plan: EncodePlan): Promise<string | undefined> => {
  const file = await readFile(path)
  const planned = `${plan.canvas.width}x${plan.canvas.height}`
  if (plan.container.format === 'jpeg') {
    const jpeg = readJpeg(file)
    if (jpeg === undefined) return 'it is no complete JPEG'
    return differs(`${jpeg.width}x${jpeg.height}`, planned)
  }
  const webp = readWebp(file)
  if (webp === undefined) return 'it is no complete WebP'
  const { width, height, animation } = webp
  if (animation === null) return differs(`${width}x${height}`, planned)
  const milliseconds = (plan.frames.total * 1000 * plan.frameRate.den) / plan.frameRate.num
  if (Math.abs(animation.milliseconds - milliseconds) > TOLERANCE_MILLISECONDS) {
    return differs(`${animation.milliseconds} ms`, `${milliseconds} ms`)
  }
  if (animation.pictures > plan.frames.total) return differs(`${animation.pictures} pictures`, `${plan.frames.total}`)
  return differs(`${width}x${height}, ${animation.loops} loops`, `${planned}, 0 loops`)
}

const differs = (found: string, planned: string): string | undefined =>
  found === planned ? undefined : `found ${found}, planned ${planned}`
