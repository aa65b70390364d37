import { errorTextsEs } from './es/errors.ts'
import { presetTextsEs } from './es/presets.ts'
import { es } from './es.ts'

/** All that is said in Spanish, in one file that is loaded when it is wanted. */
export const spanish = { texts: es, errors: errorTextsEs, presets: presetTextsEs }
