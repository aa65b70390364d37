import type { CatalogueEntry } from './catalogue-entry.ts'

/** What can come of a request to the API. */
export const requestErrors = {
  // Requests
  invalid_input: {
    status: 400,
    kind: 'permanent',
    title: 'The request is not valid',
    detail: 'Correct the fields named in "errors" and send the request again.',
  },
  malformed_json: {
    status: 400,
    kind: 'permanent',
    title: 'The body is not JSON',
    detail: 'Send a JSON object as the body, encoded in UTF-8.',
  },
  unsupported_media_type: {
    status: 415,
    kind: 'permanent',
    title: 'The body has a type that is not accepted',
    detail: 'Send the body as JSON with the header "content-type: application/json".',
  },
  body_too_large: {
    status: 413,
    kind: 'permanent',
    title: 'The body is too large',
    detail:
      'A request body may have at most {limitBytes} bytes. Videos do not go through this API: upload them to the signed URL of a task.',
  },
  malformed_request: {
    status: 400,
    kind: 'permanent',
    title: 'The request is not HTTP',
    detail: 'Send an HTTP/1.1 request as RFC 9112 describes it.',
  },
  headers_too_large: {
    status: 431,
    kind: 'permanent',
    title: 'The headers are too large',
    detail:
      'All headers of a request together may have at most 16 KB. Leave out what this API does not need, such as cookies.',
  },
  request_timeout: {
    status: 408,
    kind: 'permanent',
    title: 'The request did not arrive in time',
    detail: 'Send the whole request without pauses, within half a minute.',
  },
  not_found: {
    status: 404,
    kind: 'permanent',
    title: 'There is nothing at this address',
    detail: 'Check the path: /docs lists every route.',
  },
  method_not_allowed: {
    status: 405,
    kind: 'permanent',
    title: 'This address does not take that method',
    detail: 'Use one of the methods in the Allow header: {allow}.',
  },
  rate_limited: {
    status: 429,
    kind: 'permanent',
    title: 'Too many attempts',
    detail: 'Wait {retryAfterSeconds} s and try again.',
  },
  too_many_streams: {
    status: 429,
    kind: 'permanent',
    title: 'Too many streams are open',
    detail: 'You have {limit} streams of events open already. Close a tab or a program that has one.',
  },
  internal: {
    status: 500,
    kind: 'transient',
    title: 'Something went wrong on our side',
    detail: 'Try again; if it keeps happening, report the requestId.',
  },
  overloaded: {
    status: 503,
    kind: 'transient',
    title: 'Too many requests at the same time',
    detail: 'Try again in a few seconds.',
  },
  not_ready: {
    status: 503,
    kind: 'transient',
    title: 'The service cannot reach its database',
    detail: 'Try again in a few seconds.',
  },
  storage_unavailable: {
    status: 503,
    kind: 'transient',
    title: 'The storage did not answer',
    detail: 'Try again in a few seconds; nothing was lost.',
  },

  // Accounts
  unauthenticated: {
    status: 401,
    kind: 'permanent',
    title: 'You are not logged in',
    detail:
      'Send the header "authorization: Bearer ACCESS_TOKEN" with a token from POST /api/auth/login. A playlist needs no header: use its address whole, as its task has it.',
  },
  invalid_access_token: {
    status: 401,
    kind: 'permanent',
    title: 'The access token is not valid any more',
    detail:
      'Get a new one with POST /api/auth/refresh, or log in again. Of a playlist, get the address anew from its task.',
  },
  session_ended: {
    status: 401,
    kind: 'permanent',
    title: 'Your session has ended',
    detail: 'Log in again.',
  },
  cross_site_request: {
    status: 403,
    kind: 'permanent',
    title: 'The request does not come from our own pages',
    detail:
      'With the session cookie only our own pages may change something: the request must say so in Sec-Fetch-Site or Origin, and its body must be JSON. Programs send an access token from POST /api/auth/login instead.',
  },
  invalid_credentials: {
    status: 401,
    kind: 'permanent',
    title: 'Wrong name or password',
    detail: 'Check the e-mail address or user name and the password, then try again.',
  },
  invalid_refresh_token: {
    status: 401,
    kind: 'permanent',
    title: 'The refresh token is not valid',
    detail: 'It has expired, was used before or was logged out. Log in again with POST /api/auth/login.',
  },
  username_taken: {
    status: 409,
    kind: 'permanent',
    title: 'That user name is taken',
    detail: 'Choose another user name.',
  },
  email_taken: {
    status: 409,
    kind: 'permanent',
    title: 'There is an account with that e-mail address',
    detail: 'Log in with it, or sign up with another address.',
  },

  // Tasks and uploads
  unsupported_file_type: {
    status: 422,
    kind: 'permanent',
    title: 'This kind of file is not accepted',
    detail: '{reason} Accepted are {accepted}.',
  },
  file_too_large: {
    status: 422,
    kind: 'permanent',
    title: 'The file is too large',
    detail: 'The file has {sizeBytes} bytes; at most {limitBytes} are accepted.',
  },
  idempotency_key_reused: {
    status: 422,
    kind: 'permanent',
    title: 'The Idempotency-Key was used for another request',
    detail: 'Use a new key for a new request; repeat a request with exactly the same body.',
  },
  task_not_found: {
    status: 404,
    kind: 'permanent',
    title: 'There is no such task',
    detail: 'Check the id; GET /api/tasks lists your tasks.',
  },
  no_storyboard: {
    status: 404,
    kind: 'permanent',
    title: 'There is no storyboard of this task',
    detail:
      'A task has one once it is completed, if its result is a moving picture; then its "storyboard" is not null.',
  },
  task_state_conflict: {
    status: 409,
    kind: 'permanent',
    title: 'The task is in a state that does not allow this',
    detail: 'The task is {status}. {advice}',
  },
  asset_not_found: {
    status: 404,
    kind: 'permanent',
    title: 'There is no such asset',
    detail: 'Check the id; GET /api/assets lists your pictures and clips.',
  },
  asset_state_conflict: {
    status: 409,
    kind: 'permanent',
    title: 'The asset has its upload already',
    detail: 'It can be used as it is. To replace it, create a new asset and delete this one.',
  },
  upload_missing: {
    status: 409,
    kind: 'permanent',
    title: 'The upload has not arrived',
    detail:
      'Upload the whole file to the URL that you got, then call this again. POST …/upload-url at the same address gives a new URL.',
  },
  upload_size_mismatch: {
    status: 422,
    kind: 'permanent',
    title: 'The upload has another size than announced',
    detail:
      'Announced were {announcedBytes} bytes, {uploadedBytes} arrived, and the upload was removed. Get a new URL with POST …/upload-url at the same address and upload the file again.',
  },
  upload_checksum_mismatch: {
    status: 422,
    kind: 'permanent',
    title: 'The upload was damaged on the way',
    detail:
      'The announced CRC32C is {announced}, that of the upload {uploaded}, and the upload was removed. Get a new URL with POST …/upload-url at the same address and upload the file again.',
  },
  queued_upload_damaged: {
    status: 422,
    kind: 'permanent',
    title: 'The upload was damaged on the way',
    detail:
      'The CRC32C of your file is {announced}, that of the upload {uploaded}. The task was queued before this was known: a result that it has already is that of the damaged upload. Create a new task and upload the file again.',
  },
  upload_expired: {
    status: 409,
    kind: 'permanent',
    title: 'The upload was not finished in time',
    detail: 'Create a new task and upload the file again.',
  },
} as const satisfies Record<string, CatalogueEntry>
