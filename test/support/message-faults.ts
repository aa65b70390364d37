import protobuf from 'protobufjs'

/**
 * What is wrong with a value as the JSON form of a message (https://protobuf.dev/programming-guides/json/): keys that the message does not
 * have or that only the service sets, values of another type, enum values and durations that do not exist. `at` names the value.
 */
export const messageFaults = (type: protobuf.Type, value: unknown, at = type.name): string[] => {
  if (!isRecord(value)) return [`${at}: must be a ${type.name}`]
  return Object.entries(value).flatMap(([key, entry]) => {
    const field = type.fields[key]
    const here = `${at}.${key}`
    if (field === undefined) return [`${here}: ${type.name} has no such field`]
    field.resolve()
    if (field.options?.['(google.api.field_behavior)'] === 'OUTPUT_ONLY') return [`${here}: is set by the service`]
    if (field instanceof protobuf.MapField) {
      if (!isRecord(entry)) return [`${here}: must be a map`]
      return Object.entries(entry).flatMap(([name, item]) => fieldFaults(field, item, `${here}.${name}`))
    }
    if (!field.repeated) return fieldFaults(field, entry, here)
    if (!Array.isArray(entry)) return [`${here}: must be a list`]
    return entry.flatMap((item, index) => fieldFaults(field, item, `${here}[${index}]`))
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldFaults = (field: protobuf.Field, value: unknown, at: string): string[] => {
  const { resolvedType } = field
  if (resolvedType instanceof protobuf.Enum) {
    return typeof value === 'string' && value in resolvedType.values
      ? []
      : [`${at}: ${JSON.stringify(value)} is none of ${Object.keys(resolvedType.values).join(', ')}`]
  }
  if (resolvedType instanceof protobuf.Type) {
    if (resolvedType.fullName === '.google.protobuf.Duration') {
      return typeof value === 'string' && /^\d+(\.\d{1,9})?s$/.test(value)
        ? []
        : [`${at}: ${JSON.stringify(value)} is no duration such as 600s`]
    }
    return messageFaults(resolvedType, value, at)
  }
  return scalarFault(field.type, value, at)
}

const scalarFault = (type: string, value: unknown, at: string): string[] => {
  const fits = () => {
    if (type === 'string' || type === 'bytes') return typeof value === 'string'
    if (type === 'bool') return typeof value === 'boolean'
    if (type === 'double' || type === 'float') return typeof value === 'number'
    return Number.isInteger(value) || (type.endsWith('64') && typeof value === 'string' && /^-?\d+$/.test(value))
  }
  return fits() ? [] : [`${at}: ${JSON.stringify(value)} is no ${type}`]
}
