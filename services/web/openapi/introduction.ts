import type { oas31 } from 'zod-openapi'
import { SESSION_COOKIE } from '../accounts/session-cookie.ts'

const DESCRIPTION = `Reelway converts videos. Make a task, upload its file straight to the storage, say that it is there, wait, download the result.

**Errors** are \`application/problem+json\` (RFC 9457) with a \`code\` that never changes its name; each operation lists its own. Another method of an address is answered 405 with \`Allow\`, another address 404. What is no HTTP request is answered \`malformed_request\`, \`headers_too_large\` or \`request_timeout\`, whatever its address.

**Changes** of this API are additions: of routes, of fields in answers, of codes, of what a field may be asked for. Leave alone what you do not know. What is to go is marked \`deprecated\` here first, and its answers say so in the headers \`Deprecation\` and \`Sunset\`, 180 days before at the least.

**Times** are RFC 3339 in UTC. Numbers have their unit in their name.`

export const documentInfo: oas31.InfoObject = { title: 'Reelway', version: '1.0.0', description: DESCRIPTION }

export const documentTags: oas31.TagObject[] = [
  { name: 'Tasks', description: 'One video, one preset.' },
  { name: 'Presets', description: 'What a video can be converted to.' },
  { name: 'Assets', description: 'Pictures and clips of your own, for intro, outro and watermark.' },
  { name: 'Accounts', description: 'Who you are.' },
  { name: 'Operation', description: 'For whoever runs the service.' },
]

/** How a user says who it is: one of these is enough. */
export const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token from POST /api/auth/login, for programs.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'The cookie from POST /api/session, for browsers: with it, what changes something must come from a page of this origin. It does not count beside an access token.',
  },
}
