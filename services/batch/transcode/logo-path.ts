import { fileURLToPath } from 'node:url'

/** Our logo, for the presets that have one before and after. */
export const LOGO_PATH = fileURLToPath(new URL('logo.png', import.meta.url))
