import { checkDatabaseVariables, commonVariables } from '@reelway/shared/config.ts'
import { z } from 'zod'

const jwtKey = z
  .string()
  .regex(
    /^[\w-]{1,64}:[A-Za-z0-9+/]{43,}={0,2}$/,
    'must be KID:SECRET, with at least 32 random bytes in base64 as SECRET',
  )
  .transform((text) => {
    const [kid = '', secret = ''] = text.split(':')
    return { kid, secret: Buffer.from(secret, 'base64') }
  })

/** Everything that web reads from its environment. */
export const webVariables = z
  .object({
    ...commonVariables,
    JWT_KEY_CURRENT: jwtKey.describe('key that signs access tokens, as KID:SECRET (32 random bytes or more in base64)'),
    JWT_KEY_PREVIOUS: jwtKey
      .optional()
      .describe('key that signed them before the last rotation: its tokens are still accepted'),
    TRUST_PROXY_HOPS: z.coerce
      .number()
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe(
        'number of proxies in front that add to X-Forwarded-For: 1 on Cloud Run, 0 when clients connect directly',
      ),
    CANDIDATE_HOST: z
      .string()
      .min(1)
      .optional()
      .describe(
        'host name of the candidate revision of a deployment: tasks that are created there go to JOBS_CANDIDATE_TOPIC',
      ),
    MAX_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .positive()
      .default(100 * 1024 ** 3)
      .describe('largest video that is accepted, in bytes'),
    GIT_COMMIT: z.string().min(1).default('unknown').describe('commit that is running, shown by /version'),
  })
  // Always: else it would be left out while anything else is wrong.
  .superRefine(checkDatabaseVariables, { when: () => true })
  .refine(
    ({ JWT_KEY_CURRENT, JWT_KEY_PREVIOUS }) =>
      JWT_KEY_PREVIOUS === undefined || JWT_KEY_PREVIOUS.kid !== JWT_KEY_CURRENT.kid,
    {
      path: ['JWT_KEY_PREVIOUS'],
      message: 'must have another KID than JWT_KEY_CURRENT',
    },
  )

export type WebConfig = z.output<typeof webVariables>
