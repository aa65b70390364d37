import { z } from 'zod'

const step = z.looseObject({
  id: z.string(),
  name: z.string(),
  waitFor: z.array(z.string()),
  args: z.array(z.string()),
  env: z.array(z.string()).default([]),
  timeout: z.string().optional(),
})

/** The part of cloudbuild.yaml that our rules look at. */
export const buildFile = z.looseObject({
  steps: z.array(step),
  timeout: z.string(),
  tags: z.array(z.string()),
  serviceAccount: z.string(),
  substitutions: z.record(z.string(), z.string()),
  options: z.looseObject({ env: z.array(z.string()) }),
})
export type BuildFile = z.infer<typeof buildFile>

/** What the file has to agree with. */
export type Surroundings = {
  /** the version of the npm package "node" */
  nodeVersion: string
  /** the id of the build's service account in names.env */
  buildAccount: string
  /** the pipeline's scripts, by name, with their text; rollback.sh, too */
  scripts: Record<string, string>
}

/** Our rules for cloudbuild.yaml, beyond what the API's message says: which are broken, one sentence each. */
export const buildFileFaults = (file: BuildFile, text: string, surroundings: Surroundings): string[] => [
  ...substitutionFaults(file, text),
  ...orderFaults(file),
  ...imageFaults(file, surroundings),
  ...scriptFaults(file, surroundings),
  ...timeFaults(file),
  ...(file.serviceAccount.includes(`/${surroundings.buildAccount}@`)
    ? []
    : [`serviceAccount: is not ${surroundings.buildAccount}`]),
]

/** https://cloud.google.com/build/docs/configuring-builds/substitute-variable-values: those that a build of any origin has. */
const BUILT_IN = new Set(['PROJECT_ID', 'PROJECT_NUMBER', 'BUILD_ID', 'LOCATION', 'COMMIT_SHA'])

const substitutionFaults = ({ substitutions }: BuildFile, text: string): string[] => {
  const code = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
  // $$ is a dollar sign for the shell.
  const used = new Set([...code.replaceAll('$$', '').matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name ?? ''))
  return [
    ...[...used]
      .filter((name) => !BUILT_IN.has(name) && !(name in substitutions))
      .map((name) => `$${name}: is not declared under substitutions; a variable of the shell is written $$${name}`),
    ...Object.keys(substitutions)
      .filter((name) => !used.has(name))
      .map((name) => `$${name}: is declared, but used nowhere`),
    ...Object.keys(substitutions)
      .filter((name) => !/^_[A-Z0-9_]+$/.test(name))
      .map((name) => `${name}: the name of a substitution begins with _`),
  ]
}

const orderFaults = ({ steps }: BuildFile): string[] =>
  steps.flatMap(({ id, waitFor }, index) => {
    const earlier = steps.slice(0, index).map((step) => step.id)
    return [
      ...(earlier.includes(id) ? [`${id}: two steps have this id`] : []),
      ...waitFor
        .filter((name) => name !== '-' && !earlier.includes(name))
        .map((name) => `${id}: waits for ${name}, which is no step before it`),
    ]
  })

const imageFaults = ({ steps }: BuildFile, { nodeVersion }: Surroundings): string[] =>
  steps.flatMap(({ id, name, env }) => {
    const images = [name, ...env.filter((line) => /^\w+_IMAGE=/.test(line)).map((line) => line.replace(/^\w+=/, ''))]
    return [
      ...images
        .filter((image) => !/:v?\d+\.\d+\.\d+(-[a-z]+)?$|@sha256:[0-9a-f]{64}$/.test(image))
        .map((image) => `${id}: ${image} is not pinned to an exact version`),
      ...(name.startsWith('node:') && !name.startsWith(`node:${nodeVersion}-`)
        ? [`${id}: ${name} is not the Node ${nodeVersion} of package.json`]
        : []),
    ]
  })

const scriptFaults = ({ steps, options, tags }: BuildFile, { scripts }: Surroundings): string[] => {
  const called = steps.flatMap(({ id, args }) =>
    [...args.join(' ').matchAll(/infra\/gcp\/pipeline\/([\w-]+\.sh)/g)].map(([, script]) => ({
      id,
      script: script ?? '',
    })),
  )
  const texts = Object.values(scripts)
  const isCalled = (script: string) =>
    called.some((call) => call.script === script) || texts.some((text) => text.includes(`/${script}"`))
  return [
    ...called
      .filter(({ script }) => !(script in scripts))
      .map(({ id, script }) => `${id}: there is no infra/gcp/pipeline/${script}`),
    ...steps.filter(({ id }) => !called.some((call) => call.id === id)).map(({ id }) => `${id}: runs no script`),
    ...Object.keys(scripts)
      .filter((script) => script !== 'rollback.sh' && !isCalled(script))
      .map((script) => `${script}: is run by nothing`),
    ...called.flatMap(({ id, script }) => {
      const given = [...options.env, ...(steps.find((step) => step.id === id)?.env ?? [])].map(
        (line) => line.split('=')[0],
      )
      const needed = [...(scripts[script] ?? '').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name ?? '')
      return needed.filter((name) => !given.includes(name)).map((name) => `${id}: does not give ${script} its ${name}`)
    }),
    ...['wait-for-turn.sh', 'rollback.sh'].flatMap((script) =>
      tags.some((tag) => scripts[script]?.includes(`--filter=tags=${tag} `))
        ? []
        : [`tags: ${script} looks for builds with another tag`],
    ),
  ]
}

const seconds = (duration: string): number => Number(duration.slice(0, -1))

/** The build must not be killed while its last step could still give the traffic back. */
const timeFaults = ({ steps, timeout }: BuildFile): string[] => {
  const last = steps.at(-1)
  const ends = new Map<string, number>()
  const startOf = (waitFor: string[]) => Math.max(0, ...waitFor.map((id) => ends.get(id) ?? 0))
  for (const { id, waitFor, timeout: own } of steps) ends.set(id, startOf(waitFor) + seconds(own ?? '0s'))
  const before = startOf(last?.waitFor ?? [])
  return [
    ...(last?.timeout === undefined ? [] : [`${last.id}: must have no time-out of its own`]),
    ...steps.filter((step) => step !== last && step.timeout === undefined).map(({ id }) => `${id}: has no time-out`),
    ...(seconds(timeout) < before + RELEASE_SECONDS
      ? [`timeout: ${timeout} leaves the last step less than ${RELEASE_SECONDS} s of it`]
      : []),
  ]
}

/** Two start-ups of 2 minutes, a smoke test of 20, three looks of 3, and as much again. */
const RELEASE_SECONDS = 3_960
