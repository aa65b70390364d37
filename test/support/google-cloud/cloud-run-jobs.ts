import type { Api, Call, Handler } from './api.ts'
import { condition, getRun, inventedTime, placeLabel, runKey } from './cloud-run.ts'
import { checkTemplate } from './cloud-run-template.ts'
import { type JsonObject, objectAt, textAt } from './json.ts'
import { alreadyExists } from './refusal.ts'
import { find, list, put, remove } from './world.ts'

const jobs = '/apis/run.googleapis.com/v1/namespaces/{namespace}/jobs'
const executions = '/apis/run.googleapis.com/v1/namespaces/{namespace}/executions'

const apply = ({ world, body, query }: Call, old: JsonObject | undefined): JsonObject => {
  const name = textAt(body, 'metadata', 'name')
  const template = objectAt(body, 'spec', 'template')
  checkTemplate(world, objectAt(template, 'metadata', 'annotations'), objectAt(template, 'spec', 'template', 'spec'))
  const generation = Number(objectAt(old, 'metadata').generation ?? 0) + 1
  const job = {
    ...body,
    metadata: {
      ...objectAt(body, 'metadata'),
      labels: { ...objectAt(body, 'metadata', 'labels'), ...placeLabel(world) },
      namespace: world.projectNumber,
      generation,
      resourceVersion: `AA${world.nextNumber()}`,
      uid: `uid-${name}`,
      selfLink: `/apis/run.googleapis.com/v1/namespaces/${world.projectNumber}/jobs/${name}`,
      creationTimestamp: textAt(old, 'metadata', 'creationTimestamp') || inventedTime(world),
    },
    status: { ...objectAt(old, 'status'), observedGeneration: generation, conditions: [condition('Ready', true)] },
  }
  return query.dryRun === undefined ? put(world, runKey(world, 'jobs', name), job) : job
}

const create: Handler = (call) => {
  const name = textAt(call.body, 'metadata', 'name')
  if (find(call.world, runKey(call.world, 'jobs', name)) !== undefined)
    throw alreadyExists(`Resource '${name}' already exists.`)
  return apply(call, undefined)
}

/** An execution is over at once: it has succeeded, unless the test asked for one that fails. */
const execute: Handler = ({ world, params: { job: name = '' }, body }) => {
  const job = getRun(world, 'jobs', name)
  const succeeds = !world.failing.jobs.has(name)
  const execution = `${name}-${String.fromCharCode(97 + (world.nextNumber() % 26))}${world.nextNumber()}`
  const time = inventedTime(world)
  return put(world, runKey(world, 'executions', execution), {
    apiVersion: 'run.googleapis.com/v1',
    kind: 'Execution',
    metadata: {
      name: execution,
      namespace: world.projectNumber,
      generation: 1,
      creationTimestamp: time,
      labels: { ...placeLabel(world), 'run.googleapis.com/job': name },
    },
    spec: {
      ...objectAt(job, 'spec', 'template', 'spec'),
      ...(body.overrides === undefined ? {} : { overrides: body.overrides }),
    },
    status: {
      observedGeneration: 1,
      conditions: [
        condition(
          'Completed',
          succeeds,
          `Task ${execution}-task0 failed with message: The container exited with an error.`,
        ),
        ...['ResourcesAvailable', 'Started', 'ContainerReady'].map((type) => condition(type, true)),
      ],
      startTime: time,
      completionTime: time,
      logUri: 'https://console.cloud.google.com/logs',
      ...(succeeds ? { succeededCount: 1 } : { failedCount: 1 }),
    },
  })
}

const forget =
  (kind: string, param: string): Handler =>
  ({ world, params }) => {
    getRun(world, kind, params[param] ?? '')
    remove(world, runKey(world, kind, params[param]))
    return { kind: 'Status', status: 'Success' }
  }

/** Jobs and their executions (https://cloud.google.com/run/docs/reference/rest/v1/namespaces.jobs). */
export const cloudRunJobs: Api = {
  service: 'run.googleapis.com',
  routes: {
    [`POST ${jobs}`]: create,
    [`GET ${jobs}`]: ({ world }) => ({ kind: 'JobList', metadata: {}, items: list(world, runKey(world, 'jobs')) }),
    [`GET ${jobs}/{job}`]: ({ world, params }) => getRun(world, 'jobs', params.job ?? ''),
    [`PUT ${jobs}/{job}`]: (call) => apply(call, getRun(call.world, 'jobs', call.params.job ?? '')),
    [`DELETE ${jobs}/{job}`]: forget('jobs', 'job'),
    [`POST ${jobs}/{job}:run`]: execute,
    [`GET ${executions}`]: ({ world }) => ({
      kind: 'ExecutionList',
      metadata: {},
      items: list(world, runKey(world, 'executions')),
    }),
    [`GET ${executions}/{execution}`]: ({ world, params }) => getRun(world, 'executions', params.execution ?? ''),
    [`DELETE ${executions}/{execution}`]: forget('executions', 'execution'),
    'GET /apis/run.googleapis.com/v1/namespaces/{namespace}/tasks': () => ({
      kind: 'TaskList',
      metadata: {},
      items: [],
    }),
  },
}
