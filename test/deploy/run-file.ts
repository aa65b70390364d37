import { parse } from 'yaml'
import { z } from 'zod'
import { renderFile } from './render-file.ts'

const variable = z.union([
  z.strictObject({ name: z.string(), value: z.string() }),
  z.strictObject({
    name: z.string(),
    valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string().regex(/^\d+$/) }) }),
  }),
])

const annotations = z.record(z.string(), z.string())

const probe = z
  .strictObject({
    httpGet: z.strictObject({ path: z.string() }),
    periodSeconds: z.int().min(1).max(240),
    timeoutSeconds: z.int().min(1).max(240),
    failureThreshold: z.int().min(1),
  })
  .refine(
    ({ periodSeconds, timeoutSeconds }) => timeoutSeconds <= periodSeconds,
    'a probe must end before the next one',
  )

const container = {
  image: z.string(),
  resources: z.strictObject({
    limits: z.strictObject({ cpu: z.string().regex(/^[1248]$/), memory: z.string().regex(/^\d+(Mi|Gi)$/) }),
  }),
  env: z.array(variable),
}

const target = z.strictObject({ revisionName: z.string(), percent: z.number().optional(), tag: z.string().optional() })

/**
 * The part of a Service that our files use (https://cloud.google.com/run/docs/reference/yaml/v1). Strict: a misspelt key would be sent to
 * nobody, or refused by gcloud in the middle of a deployment.
 */
export const service = z.strictObject({
  apiVersion: z.literal('serving.knative.dev/v1'),
  kind: z.literal('Service'),
  metadata: z.strictObject({ name: z.string(), annotations }),
  spec: z.strictObject({
    template: z.strictObject({
      metadata: z.strictObject({ name: z.string(), labels: annotations, annotations }),
      spec: z.strictObject({
        serviceAccountName: z.email(),
        containerConcurrency: z.int(),
        timeoutSeconds: z.int(),
        containers: z.tuple([
          z.strictObject({
            ...container,
            ports: z.tuple([z.strictObject({ name: z.literal('http1'), containerPort: z.literal(8080) })]),
            startupProbe: probe,
            livenessProbe: probe,
          }),
        ]),
      }),
    }),
    traffic: z.array(target),
  }),
})
export type Service = z.infer<typeof service>

/** The same of a Job. */
export const job = z.strictObject({
  apiVersion: z.literal('run.googleapis.com/v1'),
  kind: z.literal('Job'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    template: z.strictObject({
      metadata: z.strictObject({ annotations }),
      spec: z.strictObject({
        parallelism: z.literal(1),
        taskCount: z.literal(1),
        template: z.strictObject({
          spec: z.strictObject({
            serviceAccountName: z.email(),
            maxRetries: z.int(),
            timeoutSeconds: z.int(),
            containers: z.tuple([
              z.strictObject({ ...container, command: z.array(z.string()), args: z.array(z.string()) }),
            ]),
          }),
        }),
      }),
    }),
  }),
})

/** What pipeline/deploy-service.sh and migrate.sh fill in besides the names of the place. */
export const FILLED_IN = {
  COMMIT: 'c0ffee0'.padEnd(40, '0'),
  REVISION: 'web-c0ffee0-12345678',
  REPLACES: 'web-0ddba11-87654321',
  TRAFFIC: '[{revisionName: web-0ddba11-87654321, percent: 100}, {revisionName: web-c0ffee0-12345678, tag: candidate}]',
  WEB_IMAGE: `europe-west1-docker.pkg.dev/p/reelway/web@sha256:${'0'.repeat(64)}`,
  BATCH_IMAGE: `europe-west1-docker.pkg.dev/p/reelway/batch@sha256:${'0'.repeat(64)}`,
  JWT_KEY_CURRENT_VERSION: '2',
  JWT_KEY_PREVIOUS_VERSION: '1',
}

/** A file of infra/gcp/run, rendered. */
export const renderRunFile = async (name: 'web' | 'batch' | 'migrate'): Promise<unknown> =>
  parse(await renderFile(`run/${name}.yaml`, FILLED_IN))

/** The environment that a container is given; `secrets` stands for the values of secret versions, by their number. */
export const environmentOf = (env: z.infer<typeof variable>[], secrets: Record<string, string> = {}) =>
  Object.fromEntries(
    env.map((it) => [it.name, 'value' in it ? it.value : (secrets[it.valueFrom.secretKeyRef.key] ?? '')]),
  )
