/** What a result says of itself beside its tracks. */
export type Description = {
  /** by the names that its format has for them; UTF-8 */
  tags: readonly (readonly [name: string, value: string])[]
  creationTime: Date | null
  /** ISO 639-2, three small letters; null: not determined */
  soundLanguage: string | null
}

export const noDescription: Description = { tags: [], creationTime: null, soundLanguage: null }
