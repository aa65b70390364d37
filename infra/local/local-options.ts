import type { StackOptions } from './stack-options.ts'

/**
 * What the caller of `npm start` or `npm run demo` may set: BATCH_INSTANCES, so many processes of batch as instances on Cloud Run, and
 * ACK_DEADLINE_SECONDS, so that shorter videos are cut into parts, too. Throws, saying what is accepted.
 */
export const localOptions = (
  environment: NodeJS.ProcessEnv,
): Pick<StackOptions, 'push'> & Partial<Pick<StackOptions, 'batchInstances' | 'conversionsAtOnce'>> => {
  const instances = wholeNumber(environment, 'BATCH_INSTANCES', 1, 16)
  const ackDeadlineSeconds = wholeNumber(environment, 'ACK_DEADLINE_SECONDS', 10, 600)
  return {
    push: ackDeadlineSeconds === undefined ? {} : { ackDeadlineSeconds },
    ...(instances !== undefined && { batchInstances: instances, conversionsAtOnce: instances }),
  }
}

const wholeNumber = (environment: NodeJS.ProcessEnv, name: string, least: number, most: number): number | undefined => {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new Error(`${name} must be a whole number from ${least} to ${most}.`)
}
