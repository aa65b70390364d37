import { formatDuration } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { describeFault } from '../upload/describe-fault.ts'
import { findFault } from '../upload/find-fault.ts'
import { readFacts } from '../upload/read-facts.ts'
import { isPictureName } from './is-picture-name.ts'

/** The most that a task may use of a clip (task-options.ts). */
const MOST_SECONDS = 60

/**
 * What can be said of a picture or clip before a byte of it goes: what is wrong with it, or what is to be known of it. What is wrong with
 * pictures, the API says before a byte of them goes.
 */
export const lookAtAsset = async (file: File): Promise<{ fault?: string; note: string | null }> => {
  if (isPictureName(file.name)) return { note: null }
  try {
    const fault = await findFault(file)
    if (fault !== undefined && fault !== 'unknown-type') return { fault: describeFault(fault), note: null }
  } catch {
    return { fault: describeFault('unreadable'), note: null }
  }
  const facts = await readFacts(file)
  if (facts?.hasPicture === false) return { fault: t('assets.noPicture'), note: null }
  const isTooLong = (facts?.durationSeconds ?? 0) > MOST_SECONDS
  return { note: isTooLong ? t('assets.tooLong', { duration: formatDuration(MOST_SECONDS) }) : null }
}
