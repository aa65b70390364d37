import { CanvasSink, type Input } from 'mediabunny'

/** Enough for the preview on a dense display. */
const WIDTH_PIXELS = 640

/**
 * The frame that is shown `timeSeconds` after the beginning, as a JPEG; undefined without a picture, or where the browser cannot decode it.
 * Throws what mediabunny throws for what it cannot read.
 */
export const readFrame = async (input: Input, timeSeconds: number): Promise<Blob | undefined> => {
  const track = await input.getPrimaryVideoTrack()
  if (track === null || !(await track.canDecode())) return undefined
  const width = Math.min(WIDTH_PIXELS, await track.getDisplayWidth())
  const sink = new CanvasSink(track, { width })
  const wrapped = await sink.getCanvas((await track.getFirstTimestamp()) + timeSeconds)
  const canvas = wrapped?.canvas
  return canvas instanceof OffscreenCanvas
    ? await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
    : undefined
}
