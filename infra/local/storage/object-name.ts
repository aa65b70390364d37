import { Refusal } from './refusal.ts'

/** Throws InvalidObjectName when a name is not one (docs: "Object naming"): 1 to 1024 bytes, no line ends, not "." or "..". */
export const checkObjectName = (name: string): void => {
  const bytes = Buffer.byteLength(name)
  if (bytes >= 1 && bytes <= 1024 && !/[\r\n]/.test(name) && name !== '.' && name !== '..') return
  throw new Refusal({
    status: 400,
    code: 'InvalidObjectName',
    reason: 'invalid',
    message: 'The specified object name is not valid.',
  })
}
