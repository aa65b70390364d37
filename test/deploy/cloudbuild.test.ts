import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { parseEnv } from 'node:util'
import protobuf from 'protobufjs'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageFaults } from '../support/message-faults.ts'
import { buildFile, buildFileFaults, type Surroundings } from './build-file-rules.ts'

const require = createRequire(import.meta.url)
const protos: protobuf.INamespace = require('@google-cloud/cloudbuild/build/protos/protos.json')
const message = protobuf.Root.fromJSON(protos).lookupType('google.devtools.cloudbuild.v1.Build')
const text = await readFile('cloudbuild.yaml', 'utf8')

const readScripts = async (): Promise<Record<string, string>> => {
  const names = (await readdir('infra/gcp/pipeline')).filter((name) => name.endsWith('.sh'))
  const paths = [...names.map((name) => `infra/gcp/pipeline/${name}`), 'infra/gcp/rollback.sh']
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
  return Object.fromEntries(paths.map((path, index) => [path.split('/').at(-1) ?? '', texts[index] ?? '']))
}
const { devDependencies } = z
  .object({ devDependencies: z.object({ node: z.string() }) })
  .parse(JSON.parse(await readFile('package.json', 'utf8')))
const surroundings: Surroundings = {
  nodeVersion: devDependencies.node,
  buildAccount: parseEnv(await readFile('infra/gcp/names.env', 'utf8')).BUILD_ACCOUNT ?? '',
  scripts: await readScripts(),
}

/** Everything that is wrong with a text as cloudbuild.yaml. */
const faultsIn = (yaml: string): string[] => {
  const value: unknown = parse(yaml)
  const parsed = buildFile.safeParse(value)
  return [
    ...messageFaults(message, value),
    ...(parsed.success ? buildFileFaults(parsed.data, yaml, surroundings) : [z.prettifyError(parsed.error)]),
  ]
}

test('cloudbuild.yaml is a build as the API defines it, and keeps our rules', () => {
  assert.deepEqual(faultsIn(text), [])
})

describe('in cloudbuild.yaml it is found that', () => {
  const plant = (name: string, from: string | RegExp, to: string, found: RegExp) =>
    test(name, () => {
      const planted = text.replace(from, to)
      assert.notEqual(planted, text, 'the fault was planted')
      const faults = faultsIn(planted)
      assert.ok(
        faults.some((fault) => found.test(fault)),
        `found: ${JSON.stringify(faults)}`,
      )
    })

  plant(
    'a step has an unknown key',
    'entrypoint: bash',
    'entrypont: bash',
    /steps\[0\]\.entrypont: BuildStep has no such/,
  )
  plant('an option has an unknown key', 'machineType:', 'machinType:', /options\.machinType/)
  plant('a text is a number', '_CANARY_SECONDS: "180"', '_CANARY_SECONDS: 180', /_CANARY_SECONDS: 180 is no string/)
  plant('a list is a text', 'waitFor: ["-"]', "waitFor: '-'", /steps\[0\]\.waitFor: must be a list/)
  plant('an enum value does not exist', 'CLOUD_LOGGING_ONLY', 'CLOUD_LOGS', /options\.logging: "CLOUD_LOGS" is none of/)
  plant('a duration is in words', 'timeout: 2400s', 'timeout: 40 minutes', /"40 minutes" is no duration/)
  plant(
    'a field is one that the service sets',
    'tags:',
    'status: SUCCESS\ntags:',
    /Build\.status: is set by the service/,
  )
  plant('a substitution is not declared', /\$\{_REGION\}/, '$_PLACE', /\$_PLACE: is not declared/)
  plant(
    'a declared substitution is used nowhere',
    /=\$\{_CANARY_SECONDS\}/,
    '=60',
    /\$_CANARY_SECONDS: is declared, but used nowhere/,
  )
  plant(
    "a variable of the shell isn't escaped",
    'apt-get update -qq',
    'cd $HOME; apt-get update',
    /\$HOME: is not declared/,
  )
  plant('a step waits for none that exists', 'waitFor: [turn]', 'waitFor: [tern]', /migrate: waits for tern/)
  plant('a step waits for one after it', 'waitFor: [turn]', 'waitFor: [release]', /migrate: waits for release/)
  plant('two steps have one id', 'id: build-batch', 'id: build-web', /build-web: two steps have this id/)
  plant('an image is not pinned', 'docker:28.2.2-cli', 'docker:cli', /docker:cli is not pinned/)
  plant('an image is pinned to half a version', 'docker:28.2.2-cli', 'docker:28-cli', /docker:28-cli is not pinned/)
  plant("BuildKit's image is not pinned", 'buildkit:v0.22.0', 'buildkit:latest', /buildkit:latest is not pinned/)
  plant('Node is another one than that of the tests', 'node:26.10.0', 'node:26.9.0', /is not the Node 26/)
  plant('a script does not exist', 'pipeline/migrate.sh', 'pipeline/migrat.sh', /no infra\/gcp\/pipeline\/migrat\.sh/)
  plant('a script is run by nothing', /infra\/gcp\/pipeline\/check\.sh/, 'x', /check\.sh: is run by nothing/)
  plant('a script lacks a variable', '- COMMIT=$COMMIT_SHA', '', /migrate: does not give migrate\.sh its COMMIT/)
  plant(
    'the tag is not the one that is looked for',
    '[reelway-deploy]',
    '[reelway]',
    /wait-for-turn\.sh looks for builds/,
  )
  plant(
    'the service account is another one',
    'serviceAccounts/reelway-build@',
    'serviceAccounts/build@',
    /is not reelway-build/,
  )
  plant(
    'the build ends before the traffic could be back',
    'timeout: 12600s',
    'timeout: 7200s',
    /leaves the last step less/,
  )
})
