import { invalidArgument } from './rpc-error.ts'

/**
 * Copies from `changes` to a copy of `current` the fields that a google.protobuf.FieldMask names, in snake_case and at
 * the top level only, as Pub/Sub has it; a named field that `changes` lacks goes back to its default.
 * Throws INVALID_ARGUMENT for an empty mask, an unknown field, or a field that is not mutable.
 * @param paths the mask, e.g. ['push_config']
 * @param mutable the fields that may be named, in camelCase
 */
export const applyUpdateMask = <Resource extends object>(input: {
  current: Resource
  changes: Resource
  paths: readonly string[]
  mutable: readonly (keyof Resource & string)[]
}): Resource => {
  if (input.paths.length === 0) throw invalidArgument('update_mask must be set and must contain a path')
  const fields = input.paths.map((path) => {
    const field = input.mutable.find((name) => snakeCase(name) === path)
    if (field === undefined) throw invalidArgument(`update_mask: ${path} is not a known, mutable field`)
    return field
  })
  return Object.assign({}, input.current, ...fields.map((field) => ({ [field]: input.changes[field] })))
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
