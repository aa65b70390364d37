import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type Exit, explainExit } from './explain.ts'
import { MAX_PIXELS } from './hardening.ts'

/** What a bad exit of ffmpeg or ffprobe means for the task; `otherwise` when its messages explain nothing. */
export const outcomeOfExit = (exit: Exit, otherwise: 'not_a_video' | 'conversion_failed'): Refused | Failed => {
  const explained = explainExit(exit)
  const code = explained === 'conversion_failed' ? otherwise : explained
  if (errorCatalogue[code].kind === 'transient') return { kind: 'failed', code, detail: exit.stderrTail }
  return { kind: 'refused', code, parameters: code === 'picture_too_large' ? { limitPixels: MAX_PIXELS } : {} }
}
