import { runScript } from '../support/google-cloud/run-script.ts'
import type { GoogleCloud } from '../support/google-cloud/start-google-cloud.ts'
import { put } from '../support/google-cloud/world.ts'

type Options = { args?: string[]; input?: string; env?: Record<string, string> }

/** set-up makes more than a hundred calls of gcloud, each of which takes from a third of a second to three, by the machine's load. */
const TIMEOUT_MILLIS = 540_000

/** Runs a script of infra/gcp, as an operator would, on the stand-in's project. */
export const operate = (cloud: GoogleCloud, script: string, options: Options = {}) =>
  runScript(`infra/gcp/${script}`, [cloud.project, cloud.region, ...(options.args ?? [])], {
    cloud,
    input: options.input ?? '',
    timeoutMillis: TIMEOUT_MILLIS,
    env: { SECONDS_TO_WAIT: '0', REPO: 'somebody/reelway', ALERT_EMAIL: 'operator@example.com', ...options.env },
  })

/** The one thing that needs a browser: somebody has connected GitHub. */
export const connectGithub = ({ world, project, region }: GoogleCloud): void => {
  const name = `projects/${project}/locations/${region}/connections/github`
  put(world, `//cloudbuild.googleapis.com/${name}`, { name, installationState: { stage: 'COMPLETE' } })
}
