import { join } from 'node:path'
import { quickGcloud } from './quick-gcloud.ts'

/**
 * Variables of a process whose gcloud asks nobody, needs no log-in, and neither reads nor writes anything of the user's own:
 * its configuration and temporary files are in `folder`.
 */
export const gcloudEnvironment = async (folder: string, project: string): Promise<Record<string, string>> => ({
  ...(await quickGcloud()),
  TMPDIR: folder,
  HOME: folder,
  LANG: 'C.UTF-8',
  CLOUDSDK_CONFIG: join(folder, 'configuration'),
  CLOUDSDK_AUTH_DISABLE_CREDENTIALS: 'true',
  CLOUDSDK_CORE_PROJECT: project,
  CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
  CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: 'true',
  CLOUDSDK_CORE_DISABLE_FILE_LOGGING: 'true',
  CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: 'true',
})
