import { z } from 'zod'
import { type ErrorCode, errorCatalogue, errorCodes } from './catalogue.ts'

/** The body of an error answer, application/problem+json (RFC 9457), with our extensions. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('Stands for the code, as an address relative to this one.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened and what to do about it, for people.'),
    code: z.enum(errorCodes).describe('Stable: made for programs.'),
    requestId: z
      .string()
      .describe('That of the header X-Request-Id: whoever runs the service finds the request by it.'),
    errors: z
      .array(
        z.strictObject({
          pointer: z
            .string()
            .describe('Where: a JSON Pointer (RFC 6901) into the body, or to a parameter of the query.'),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('Everything that is wrong with the input; with the code invalid_input only.'),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused (RFC 9457).' })

export type Problem = z.infer<typeof problemSchema>

/** One thing that is wrong with the input: where and what. */
export type InputError = NonNullable<Problem['errors']>[number]

/** The problem document of a code. `type` is a relative reference that the README's table of errors explains. */
export const problemOf = (
  code: ErrorCode,
  fields: { detail: string; requestId: string; errors?: InputError[] },
): Problem => ({
  type: `/errors/${code}`,
  title: errorCatalogue[code].title,
  status: errorCatalogue[code].status,
  code,
  ...fields,
})
