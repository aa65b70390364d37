/** A text with {placeholders}; or one for each plural form of its {count} (Intl.PluralRules), of which "other" always serves. */
export type Text = string | { one: string; many?: string; other: string }

/** The values of a text's {placeholders}. */
export type TextParameters = Readonly<Record<string, string | number>>
