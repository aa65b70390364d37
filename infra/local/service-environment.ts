import { names, PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT, SCHEDULER_SERVICE_ACCOUNT } from './cloud-resources.ts'
import { gcpNames } from './gcp-names.ts'
import type { LocalKeys } from './keys.ts'

/** Nobody can ask for it by accident. */
export const CANDIDATE_HOST = `${gcpNames.CANDIDATE_TAG}---web.localhost`

/** Where web and batch find their neighbours on this machine. */
export type Neighbours = { databaseUrl: string; storageUrl: string; pubsubHost: string; certsUrl: string }

type Environment = Record<string, string>

/** What both services are told; nothing of the caller's environment but how to find programs and the time zone's files. */
const common = (keys: LocalKeys, neighbours: Neighbours): Environment => ({
  ...inherited('PATH', 'HOME', 'TMPDIR', 'LANG', 'FFMPEG_PATH', 'FFPROBE_PATH', 'FFMPEG_THREADS', 'LOG_LEVEL'),
  GOOGLE_CLOUD_PROJECT: names.project,
  GOOGLE_APPLICATION_CREDENTIALS: keys.serviceAccountFile,
  // Google's libraries would else look for a metadata server at every start.
  METADATA_SERVER_DETECTION: 'none',
  PUBSUB_EMULATOR_HOST: neighbours.pubsubHost,
  STORAGE_ENDPOINT: neighbours.storageUrl,
  DATABASE_URL: neighbours.databaseUrl,
  UPLOADS_BUCKET: names.uploadsBucket,
  OUTPUTS_BUCKET: names.outputsBucket,
  JOBS_TOPIC: names.jobs,
  JOBS_CANDIDATE_TOPIC: names.jobsCandidate,
})

/** The environment of web. */
export const webEnvironment = (keys: LocalKeys, neighbours: Neighbours, port: number): Environment => ({
  ...common(keys, neighbours),
  PORT: String(port),
  JWT_KEY_CURRENT: keys.jwtKey,
  CANDIDATE_HOST,
  ...inherited('MAX_UPLOAD_BYTES'),
})

/** The environment of batch. */
export const batchEnvironment = (keys: LocalKeys, neighbours: Neighbours, workDirectory: string): Environment => ({
  ...common(keys, neighbours),
  PORT: '0',
  PUSH_AUDIENCE,
  PUSH_SERVICE_ACCOUNT,
  SCHEDULER_SERVICE_ACCOUNT,
  PUSH_CERTS_URL: neighbours.certsUrl,
  WORK_DIR: workDirectory,
})

/** How many jobs may be in flight, for web and batch alike: twice what is converted at a time, unless the caller says so: nobody is refused here, the local Pub/Sub waits. */
export const dispatchWindow = (conversionsAtOnce: number): Environment => ({
  DISPATCH_WINDOW: String(Math.max(10, 2 * conversionsAtOnce)),
  ...inherited('DISPATCH_WINDOW'),
})

/** The environment with the database told, in pg_stat_activity's application_name, who asks. */
export const named = (name: string, environment: Environment): Environment => {
  if (environment.DATABASE_URL === undefined) return environment
  const url = new URL(environment.DATABASE_URL)
  url.searchParams.set('application_name', name)
  return { ...environment, DATABASE_URL: url.href }
}

const inherited = (...variables: string[]): Environment =>
  Object.fromEntries(
    variables.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
