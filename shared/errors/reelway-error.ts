import { type ErrorCode, errorCatalogue } from './catalogue.ts'

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/** The values that the sentence of a code needs, by the names of its {placeholders}. */
export type ErrorParameters<Code extends ErrorCode> = Record<
  Placeholders<(typeof errorCatalogue)[Code]['detail']>,
  string | number
>

type Arguments<Code extends ErrorCode> =
  Placeholders<(typeof errorCatalogue)[Code]['detail']> extends never
    ? [parameters?: undefined, options?: ErrorOptions]
    : [parameters: ErrorParameters<Code>, options?: ErrorOptions]

/** An error from the catalogue: `code` is stable, `message` is the sentence for people, `cause` is what was thrown before it. */
export class ReelwayError extends Error {
  override readonly name = 'ReelwayError'
  readonly code: ErrorCode
  /** the values in its sentence, to be stored with the code: the sentence can be made again from both */
  readonly parameters: Record<string, string | number>

  constructor(code: ErrorCode, parameters: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(errorSentence(code, parameters), options)
    this.code = code
    this.parameters = parameters
  }

  get kind(): 'permanent' | 'transient' {
    return errorCatalogue[this.code].kind
  }

  get status(): number {
    return errorCatalogue[this.code].status
  }
}

/** Makes the error of a code. Every {placeholder} of its sentence must be given: the compiler checks the names. */
export const reelwayError = <Code extends ErrorCode>(
  code: Code,
  ...[parameters, options]: Arguments<Code>
): ReelwayError => new ReelwayError(code, parameters, options)

/** The sentence of a code with its placeholders filled; a placeholder without a value stays as it stands. */
export const errorSentence = (code: ErrorCode, parameters: Record<string, string | number> = {}): string =>
  errorCatalogue[code].detail.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole))
