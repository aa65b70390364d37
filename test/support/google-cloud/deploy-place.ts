import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { serviceAccountKey } from './iam-policy.ts'
import { type JsonObject, objectsAt, textAt } from './json.ts'
import { runScript, type ScriptResult } from './run-script.ts'
import { type GoogleCloud, startGoogleCloud } from './start-google-cloud.ts'
import { put, type World } from './world.ts'

/** A project after set-up, and a folder that looks like Cloud Build's workspace to the steps of the pipeline. */
export type DeployPlace = AsyncDisposable & {
  cloud: GoogleCloud
  /** runs a script of infra/gcp with the variables that cloudbuild.yaml sets, for one commit */
  run(script: string, commit: string, args?: string[], env?: Record<string, string>): Promise<ScriptResult>
  /** a file of that folder */
  read(path: string): Promise<string>
  /** "REVISION PERCENT TAG" of each traffic target of a service */
  traffic(service: string): string[]
  /** the traffic that was asked for, each time, in order: "SERVICE: REVISION PERCENT TAG, ..." */
  asked(): string[]
}

export const BUILD_ID = '0f9e8d7c-0000-4000-8000-000000000000'

type DeployPlaceOptions = {
  /** the shell script that stands in for the Node that runs the acceptance tests; it succeeds unless told */
  smokeTest?: string
  /** the one that stands in for `sleep`; it takes no time unless told */
  sleep?: string
  /** the one that stands in for `docker` */
  docker?: string
  /** another place's, to go on from; a project after set-up, which nothing has been deployed to, unless told */
  world?: World
}

/** Besides what can be told, the build's identity token is made up; everything else is the real thing. */
export const openDeployPlace = async (options: DeployPlaceOptions = {}): Promise<DeployPlace> => {
  const cloud = await startGoogleCloud()
  if (options.world === undefined) setUp(cloud.world)
  else cloud.world.resources = structuredClone(options.world.resources)
  if (options.world !== undefined) cloud.world.policies = structuredClone(options.world.policies)
  const folder = await mkdtemp(join(tmpdir(), 'deploy-'))
  const release = join(folder, 'release')
  await mkdir(release)
  await writeProgram(join(folder, 'node_modules/.bin/node'), options.smokeTest ?? 'exit 0')
  await writeProgram(join(folder, 'bin/sleep'), options.sleep ?? 'exit 0')
  if (options.docker !== undefined) await writeProgram(join(folder, 'bin/docker'), options.docker)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  const rest = 'PATH=${PATH#*:} exec gcloud "$@"'
  await writeProgram(
    join(folder, 'bin/gcloud'),
    `if [[ $1 == auth ]]; then echo "token for \${3#*=}"; else ${rest}; fi`,
  )
  serveRevisions(cloud)

  return {
    cloud,
    read: (path) => readFile(join(folder, path), 'utf8'),
    run: async (script, commit, args = [], env = {}) => {
      for (const service of ['web', 'batch']) {
        await writeFile(
          join(release, `${service}.image`),
          `${imageOf(cloud, service)}@sha256:${commit.padEnd(64, '0')}\n`,
        )
      }
      return runScript(resolve('infra/gcp', script), args, {
        cloud,
        directory: folder,
        env: {
          PATH: `${join(folder, 'bin')}:${cloud.environment.PATH}`,
          ...{ PROJECT: cloud.project, PROJECT_NUMBER: cloud.projectNumber, REGION: cloud.region },
          ...{ COMMIT: commit, BUILD_ID, RELEASE: release, CANARY_SECONDS: '120' },
          ...env,
        },
      })
    },
    traffic: (service) =>
      trafficIn(cloud.world.resources.get(serviceKey(cloud, service)), 'status').map((target) => target.trim()),
    asked: () =>
      cloud.requests
        .filter(({ method, path }) => /^(POST|PUT)$/.test(method) && /\/namespaces\/[^/]+\/services(\/|$)/.test(path))
        .map(({ body }) => `${textAt(body, 'metadata', 'name')}: ${trafficIn(body, 'spec').sort().join(', ')}`),
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const writeProgram = async (path: string, script: string): Promise<void> => {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `#!/usr/bin/env bash\n${script}\n`)
  await chmod(path, 0o755)
}

const imageOf = ({ region, project }: GoogleCloud, service: string): string =>
  `${region}-docker.pkg.dev/${project}/reelway/${service}`

const serviceKey = ({ region, project }: GoogleCloud, service: string): string =>
  `//run.googleapis.com/projects/${project}/locations/${region}/services/${service}`

const trafficIn = (service: JsonObject | undefined, part: 'spec' | 'status'): string[] =>
  objectsAt(service, part, 'traffic').map(({ revisionName, latestRevision, percent, tag }) =>
    [
      revisionName ?? (latestRevision === true ? 'LATEST' : '?'),
      percent ?? 0,
      ...(tag === undefined ? [] : [tag]),
    ].join(' '),
  )

/** Every container answers /version with the commit that its revision has as a label. */
const serveRevisions = (cloud: GoogleCloud): void =>
  cloud.answerServices(({ service, revision, path }) => {
    const key = `//run.googleapis.com/projects/${cloud.project}/locations/${cloud.region}/revisions/${revision}`
    const commit = textAt(cloud.world.resources.get(key), 'metadata', 'labels', 'commit')
    return { status: 200, body: path === '/ready' ? { status: 'ready' } : { service, commit } }
  })

/** What setup.sh leaves behind, as far as the pipeline needs it: setup.test.ts tests setup.sh itself. */
const setUp = (world: World): void => {
  const { project, region } = world
  for (const service of ['run', 'secretmanager', 'logging', 'cloudbuild', 'artifactregistry', 'iam']) {
    put(world, `//serviceusage.googleapis.com/projects/${project}/services/${service}.googleapis.com`, {
      name: service,
      state: 'ENABLED',
    })
  }
  for (const id of ['web', 'batch', 'migrate', 'push', 'scheduler', 'build']) {
    const email = `reelway-${id}@${project}.iam.gserviceaccount.com`
    put(world, serviceAccountKey(world, email), { email })
  }
  put(world, `//artifactregistry.googleapis.com/projects/${project}/locations/${region}/repositories/reelway`, {})
  put(world, `//compute.googleapis.com/projects/${project}/global/networks/reelway`, {})
  put(world, `//compute.googleapis.com/projects/${project}/regions/${region}/subnetworks/reelway`, {
    ipCidrRange: '10.8.0.0/24',
  })
  const secret = `projects/${project}/secrets/jwt-key`
  put(world, `//secretmanager.googleapis.com/${secret}`, { name: secret })
  for (const [version, state] of [
    [1, 'DISABLED'],
    [2, 'ENABLED'],
    [9, 'ENABLED'],
    [10, 'ENABLED'],
  ] as const) {
    const name = `${secret}/versions/${version}`
    put(world, `//secretmanager.googleapis.com/${name}`, { name, state })
  }
  world.policies.set(`//secretmanager.googleapis.com/${secret}`, {
    bindings: [
      {
        role: 'roles/secretmanager.secretAccessor',
        members: [`serviceAccount:reelway-web@${project}.iam.gserviceaccount.com`],
      },
    ],
  })
}
