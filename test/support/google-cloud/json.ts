import { z } from 'zod'

export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [key: string]: Json | undefined }

const jsonObject = z.record(z.string(), z.json())

/** Reads a JSON object; an empty text is an empty object. Throws on anything else. */
export const parseJsonObject = (text: string): JsonObject => (text === '' ? {} : jsonObject.parse(JSON.parse(text)))

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Path = (string | number)[]

/** What stands at a path of keys and list positions, if anything does. */
export const at = (value: Json | undefined, ...path: Path): Json | undefined => {
  let here = value
  for (const key of path) {
    if (Array.isArray(here)) here = here[Number(key)]
    else if (isObject(here)) here = here[key]
    else return undefined
  }
  return here
}

/** The text at a path; '' where there is none. */
export const textAt = (value: Json | undefined, ...path: Path): string => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** The object at a path; an empty one where there is none. */
export const objectAt = (value: Json | undefined, ...path: Path): JsonObject => {
  const found = at(value, ...path)
  return isObject(found) ? found : {}
}

/** The list at a path; an empty one where there is none. */
export const listAt = (value: Json | undefined, ...path: Path): Json[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The objects of the list at a path; none where there is no list. */
export const objectsAt = (value: Json | undefined, ...path: Path): JsonObject[] =>
  listAt(value, ...path).filter(isObject)

/** Objects are merged key by key, all else is replaced; null removes a key (RFC 7396). */
export const merged = (value: JsonObject, change: JsonObject): JsonObject => {
  const result = { ...value }
  for (const [key, next] of Object.entries(change)) {
    const old = result[key]
    if (next === null) delete result[key]
    else result[key] = isObject(old) && isObject(next) ? merged(old, next) : next
  }
  return result
}

/** Copies the fields of a mask such as "pushConfig,ack_deadline_seconds,status.code"; a masked field that is not given is removed. */
export const masked = (value: JsonObject, change: JsonObject, mask: string): JsonObject => {
  const result = { ...value }
  for (const field of mask.split(',').filter((name) => name !== '')) {
    const key = (field.split('.')[0] ?? '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    if (change[key] === undefined) delete result[key]
    else result[key] = change[key]
  }
  return result
}

/** The same for equal values: keys in order, undefined left out. */
export const canonical = (value: Json | undefined): string => JSON.stringify(value, sortedKeys)

const sortedKeys = (_: string, value: Json | undefined): Json | undefined =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
