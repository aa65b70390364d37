import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const gcp = fileURLToPath(new URL('../../infra/gcp', import.meta.url))

/** What set-up fills in besides the names of infra/gcp/names.env and place.sh. */
const FILLED_IN = { DIGEST: '1', NOTIFICATION_CHANNELS: '[]', UPTIME_CHECK_ID: 'web-is-ready-1' }

/**
 * A file below infra/gcp, as the scripts there render it for a project "p" with number 1 in europe-west1; `more` are further
 * names that it holds. Throws what render says.
 */
export const renderFile = async (path: string, more: Record<string, string> = {}): Promise<string> => {
  const script = 'set -euo pipefail; source "$0/place.sh"; source "$0/render.sh"; render "$0/$1"'
  const place = { PATH: process.env.PATH, PROJECT: 'p', PROJECT_NUMBER: '1', REGION: 'europe-west1' }
  const env = { ...place, ...FILLED_IN, ...more }
  const { stdout } = await promisify(execFile)('bash', ['-c', script, gcp, path], { env })
  return stdout
}

/** The paths, below infra/gcp, of the files of one of its folders. */
export const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(gcp, folder))).sort().map((name) => join(folder, name))
