import { recordEncodeCost } from '@reelway/shared/db/encode-costs/record.ts'
import type { Dependencies } from './dependencies.ts'

/** What an encode was estimated to take by the preset's own figures, and what it took. */
type Measured = { presetName: string; estimateSeconds: number; encodeSeconds: number }

/** Short runs are mostly the start of ffmpeg and the first bytes of the source: they would teach that everything is slow. */
const TELLING_SECONDS = 2

/** Remembers what an encode cost, for the next estimates. Nothing is lost when that fails but one of many measurements. */
export const learnCost = async (
  { db, logger }: Dependencies,
  { presetName, estimateSeconds, encodeSeconds }: Measured,
): Promise<void> => {
  if (encodeSeconds < TELLING_SECONDS || estimateSeconds <= 0) return
  try {
    await recordEncodeCost(db, { preset: presetName, estimateSeconds, encodeSeconds })
  } catch (err) {
    logger.warn('what an encode cost was not remembered', { preset: presetName, err })
  }
}
