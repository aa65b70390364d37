import type { ObjectRecord } from './object-record.ts'
import { Refusal } from './refusal.ts'
import { invalidArgument, preconditionFailed } from './refusals.ts'

/** Conditions on an object's generation and metageneration (docs: "Request preconditions"). */
export type Preconditions = {
  generationMatch?: number
  generationNotMatch?: number
  metagenerationMatch?: number
  metagenerationNotMatch?: number
}

/** Reads the JSON API's query parameters, e.g. ifGenerationMatch. Throws for a value that is not a number. */
export const preconditionsOfQuery = (parameters: ReadonlyMap<string, string>): Preconditions =>
  read({
    generationMatch: parameters.get('ifGenerationMatch'),
    generationNotMatch: parameters.get('ifGenerationNotMatch'),
    metagenerationMatch: parameters.get('ifMetagenerationMatch'),
    metagenerationNotMatch: parameters.get('ifMetagenerationNotMatch'),
  })

/** Reads the XML API's headers: x-goog-if-generation-match and x-goog-if-metageneration-match. */
export const preconditionsOfHeaders = (headers: Readonly<Record<string, string | undefined>>): Preconditions =>
  read({
    generationMatch: headers['x-goog-if-generation-match'],
    metagenerationMatch: headers['x-goog-if-metageneration-match'],
  })

/**
 * Throws 412 when a write of `current` (undefined: no such object, which counts as generation 0) breaks a condition.
 */
export const checkWrite = (conditions: Preconditions, current: ObjectRecord | undefined): void => {
  if (broken(conditions, current) !== undefined) throw preconditionFailed()
}

/**
 * Throws when a read of `current` breaks a condition: 304 for the "not match" ones, 412 for the others
 * (JSON API reference, "Objects: get").
 */
export const checkRead = (conditions: Preconditions, current: ObjectRecord): void => {
  const condition = broken(conditions, current)
  if (condition === 'match') throw preconditionFailed()
  if (condition === 'not-match')
    throw new Refusal({ status: 304, code: 'NotModified', reason: 'notModified', message: 'Not Modified' })
}

const broken = (conditions: Preconditions, current: ObjectRecord | undefined): 'match' | 'not-match' | undefined => {
  const generation = current?.generation ?? 0
  const metageneration = current?.metageneration ?? 0
  const differs = (wanted: number | undefined, is: number): boolean => wanted !== undefined && wanted !== is
  if (differs(conditions.generationMatch, generation)) return 'match'
  if (differs(conditions.metagenerationMatch, metageneration)) return 'match'
  if (conditions.generationNotMatch === generation) return 'not-match'
  if (conditions.metagenerationNotMatch === metageneration) return 'not-match'
  return undefined
}

const read = (texts: Record<keyof Preconditions, string | undefined> | Partial<Record<string, string | undefined>>) => {
  const conditions: Preconditions = {}
  for (const name of NAMES) {
    const text = texts[name]
    if (text === undefined) continue
    if (!/^\d{1,16}$/.test(text)) throw invalidArgument(`Invalid precondition: ${text}`)
    conditions[name] = Number(text)
  }
  return conditions
}

const NAMES = ['generationMatch', 'generationNotMatch', 'metagenerationMatch', 'metagenerationNotMatch'] as const
