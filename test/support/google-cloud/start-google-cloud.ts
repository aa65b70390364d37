import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { RawAnswer } from './api.ts'
import { answerApi, UnknownRoute } from './apis.ts'
import { startConnectProxy } from './connect-proxy.ts'
import { gcloudEnvironment } from './gcloud-environment.ts'
import { type JsonObject, parseJsonObject } from './json.ts'
import { Refusal } from './refusal.ts'
import { isServiceHost, type RevisionAnswers, serviceAnswer } from './service-traffic.ts'
import { snapshot, type World } from './world.ts'

export type RecordedRequest = {
  method: string
  host: string
  path: string
  query: Record<string, string>
  body: JsonObject
  status: number
}

/** Which requests a fault is for. */
export type RequestFilter = (request: Omit<RecordedRequest, 'status'>) => boolean

export type GoogleCloud = AsyncDisposable & {
  project: string
  projectNumber: string
  region: string
  /** every request to an API or to a Cloud Run service, in order of arrival */
  requests: RecordedRequest[]
  /** hosts that somebody tried to reach besides those that are stood in for; all were answered 403 */
  refusedHosts: string[]
  /** "METHOD host path" of requests that no route is there for; they were answered 400 */
  unanswered: string[]
  /** all resources and IAM policies without etags and times, to be compared */
  state(): { resources: JsonObject; policies: JsonObject }
  /** what is behind the state: to look into, and to plant log entries and time series */
  world: World
  /** answers these requests with the status (403, 404, 503 ...) until the returned function is called */
  deny(filter: RequestFilter, status: number): () => void
  /** lets the next revisions of a Cloud Run service never become ready */
  failRevisions(service: string): () => void
  /** lets the next executions of a Cloud Run job fail */
  failExecutions(job: string): () => void
  /** answers what is asked of a Cloud Run service's URLs, by revision: tags and traffic decide which. None is there at first. */
  answerServices(answers: RevisionAnswers): void
  /** variables of a child process in whose eyes this is Google Cloud; it holds nothing of the caller's own but PATH and TMPDIR */
  environment: Record<string, string>
}

export type GoogleCloudOptions = { project?: string; projectNumber?: string; region?: string }

/**
 * A recording stand-in of Google Cloud's control planes, for the unmodified gcloud: an empty project whose owner the caller is.
 * It keeps what it is given, as far as the scripts of infra/gcp need it, and refuses what the real one is known to refuse and
 * gcloud lets pass. It does not know permissions, quotas or values of most fields: that a request is accepted here proves what
 * gcloud sends, and not that Google takes it.
 */
export const startGoogleCloud = async (options: GoogleCloudOptions = {}): Promise<GoogleCloud> => {
  const { project = 'reelway-test', projectNumber = '123456789012', region = 'europe-west1' } = options
  const world = newWorld(project, projectNumber, region)
  const requests: RecordedRequest[] = []
  const refusedHosts: string[] = []
  const unanswered: string[] = []
  const faults = new Set<{ filter: RequestFilter; status: number }>()
  let revisionAnswers: RevisionAnswers = () => undefined

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (request.headers.host ?? '').replace(/:443$/, '')
    const url = new URL(request.url ?? '/', `https://${host}`)
    const bytes = await buffer(request)
    const { method = '' } = request
    const asked = {
      method,
      host,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: bodyOf(request, bytes),
    }
    const respond = (): RawAnswer | JsonObject => {
      for (const { filter, status } of faults)
        if (filter(asked)) throw new Refusal(status, 'A fault that the test asked for.')
      if (isServiceHost(world, host)) return serviceAnswer(world, asked, revisionAnswers)
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      return answerApi({ ...asked, world, headers, bytes, params: {}, key: '' })
    }
    const {
      status,
      headers,
      bytes: answered,
    } = settle(respond, () => unanswered.push(`${method} ${host} ${url.pathname}`))
    requests.push({ ...asked, status })
    response.writeHead(status, headers).end(answered)
  }
  const proxy = await startConnectProxy({
    hosts: ['*.googleapis.com', `*.${region}.run.app`, '*.a.run.app'],
    refuse: (host) => void refusedHosts.push(host),
    answer: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        console.error(error)
        response.destroy()
      })
    },
  })
  const folder = await mkdtemp(join(tmpdir(), 'google-cloud-'))
  const certificatePath = join(folder, 'certificate.pem')
  await writeFile(certificatePath, proxy.certificate)

  const faultIn = (set: Set<string>) => (name: string) => {
    set.add(name)
    return () => void set.delete(name)
  }
  return {
    project,
    projectNumber,
    region,
    requests,
    refusedHosts,
    unanswered,
    world,
    state: () => snapshot(world),
    deny: (filter, status) => {
      const fault = { filter, status }
      faults.add(fault)
      return () => void faults.delete(fault)
    },
    failRevisions: faultIn(world.failing.services),
    failExecutions: faultIn(world.failing.jobs),
    answerServices: (answers) => {
      revisionAnswers = answers
    },
    environment: { ...(await gcloudEnvironment(folder, project)), ...proxyEnvironment(proxy.port, certificatePath) },
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const newWorld = (project: string, projectNumber: string, region: string): World => {
  let number = 0
  return {
    project,
    projectNumber,
    region,
    resources: new Map(),
    policies: new Map(),
    contents: new Map(),
    logEntries: [],
    timeSeries: [],
    failing: { services: new Set(), jobs: new Set(), metrics: new Set() },
    nextNumber: () => ++number,
  }
}

const bodyOf = (request: IncomingMessage, bytes: Buffer): JsonObject =>
  (request.headers['content-type'] ?? '').startsWith('application/json')
    ? parseJsonObject(bytes.toString())
    : bytes.length === 0
      ? {}
      : { bytes: bytes.length }

const settle = (respond: () => RawAnswer | JsonObject, tellUnknown: () => void): RawAnswer => {
  try {
    const answered = respond()
    return answered instanceof RawAnswer ? answered : json(200, answered)
  } catch (error) {
    if (error instanceof UnknownRoute) tellUnknown()
    if (error instanceof Refusal) return json(error.status, error.toBody())
    throw error
  }
}

const json = (status: number, body: JsonObject): RawAnswer =>
  new RawAnswer(status, { 'content-type': 'application/json; charset=UTF-8' }, Buffer.from(JSON.stringify(body)))

/** Sends all that the process asks for to the stand-in, and lets it trust the stand-in's certificate. */
const proxyEnvironment = (port: number, certificatePath: string): Record<string, string> => ({
  CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE: certificatePath,
  // For curl and Node.
  CURL_CA_BUNDLE: certificatePath,
  NODE_EXTRA_CA_CERTS: certificatePath,
  NODE_USE_ENV_PROXY: '1',
  http_proxy: `http://127.0.0.1:${port}`,
  https_proxy: `http://127.0.0.1:${port}`,
  no_proxy: '127.0.0.1,localhost',
})
