/** What the XML API calls an error and what the JSON API calls it, for one and the same event. */
export type RefusalFacts = {
  status: number
  /** XML API error code, e.g. NoSuchKey (Cloud Storage docs: "HTTP status and error codes for XML"). */
  code: string
  /** JSON API error reason, e.g. notFound (docs: "HTTP status and error codes for JSON"). */
  reason: string
  message: string
  details?: string
  parameter?: string
}

/** A request that Cloud Storage would refuse: carries the status and the code of both APIs. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly reason: string
  readonly details: string | undefined
  readonly parameter: string | undefined

  constructor(facts: RefusalFacts) {
    super(facts.message)
    this.name = 'Refusal'
    this.status = facts.status
    this.code = facts.code
    this.reason = facts.reason
    this.details = facts.details
    this.parameter = facts.parameter
  }
}

/** The error document of the XML API, as text. */
export const refusalXml = (refusal: Refusal): string =>
  [
    `<?xml version='1.0' encoding='UTF-8'?><Error>`,
    element('Code', refusal.code),
    element('Message', refusal.message),
    refusal.parameter === undefined ? '' : element('ParameterName', refusal.parameter),
    refusal.details === undefined ? '' : element('Details', refusal.details),
    '</Error>',
  ].join('')

/** The error document of the JSON API, as text. */
export const refusalJson = (refusal: Refusal): string =>
  JSON.stringify({
    error: {
      code: refusal.status,
      message: refusal.message,
      errors: [{ message: refusal.message, domain: 'global', reason: refusal.reason }],
    },
  })

const element = (name: string, text: string): string =>
  `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</${name}>`
