import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const isInstalled = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'gcloud')))

/** Why a test that needs gcloud is skipped, or false where it is installed: for the option `skip` of node:test. */
export const withoutGcloud: string | false = isInstalled ? false : 'gcloud is not installed'
