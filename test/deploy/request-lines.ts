import { stringify } from 'yaml'
import { type Json, type JsonObject, listAt, objectsAt, textAt } from '../support/google-cloud/json.ts'
import type { RecordedRequest } from '../support/google-cloud/start-google-cloud.ts'

/** True for what may change something. */
export const isWrite = ({ method, path }: RecordedRequest): boolean =>
  method !== 'GET' && !/:(getIamPolicy|testIamPermissions)$|\/entries:list$/.test(path)

/** "METHOD host/path?what it is called" */
export const requestLine = ({ method, host, path, query }: RecordedRequest): string => {
  const names = Object.entries(query).filter(([name]) => /Id$|^updateMask$|^name$/.test(name))
  const asked = names.map(([name, value]) => `${name}=${value}`).join('&')
  return `${method} ${host}${decodeURIComponent(path)}${asked === '' ? '' : `?${asked}`}`
}

/** The writes in order, each with its body as YAML, for people to review. */
export const describeRequests = (requests: RecordedRequest[]): string =>
  requests
    .filter(isWrite)
    .map((request) => {
      const body = essence(request)
      const text = Object.keys(body).length === 0 ? '' : stringify(body, { lineWidth: 0, sortMapEntries: true })
      return `${requestLine(request)}\n${text.replace(/^(?=.)/gm, '  ')}`
    })
    .join('\n')

/**
 * Without what is random (keys, etags) and, for what is sent as it stands in infra/gcp/monitoring, all but the name.
 */
const essence = ({ path, body }: RecordedRequest): JsonObject => {
  if (/\/(alertPolicies|dashboards|metrics)$/.test(path)) {
    return Object.fromEntries(
      ['name', 'displayName'].flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]])),
    )
  }
  const policy = body.bindings === undefined ? body.policy : body
  if (policy !== undefined) return { grants: grantsOf(policy) }
  if (body.payload !== undefined)
    return { payload: `${Buffer.from(textAt(body, 'payload', 'data'), 'base64').length} bytes` }
  return body
}

/** "ROLE to MEMBER (condition's title)" */
const grantsOf = (policy: Json): string[] =>
  objectsAt(policy, 'bindings')
    .flatMap((binding) => {
      const title = textAt(binding, 'condition', 'title')
      return listAt(binding, 'members').map(
        (it) => `${textAt(binding, 'role')} to ${it}${title === '' ? '' : ` (${title})`}`,
      )
    })
    .sort()
