import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import type { z } from 'zod'
import type { HeaderName } from './answer-headers.ts'

/** An example of a body, by what it shows. */
type Examples = Record<string, unknown>

/** What comes of a request that succeeds. Headers are those that only some answers have. */
export type Answer = {
  description: string
  headers?: readonly HeaderName[]
  contentType?: string
  schema?: z.ZodType
  examples?: Examples
}

/**
 * What one route takes and answers. What is so for many (who may call it, what every request can be refused for) make-document.ts adds
 * from `caller`, `body` and `isLimited`.
 */
export type Operation = {
  /** the name of the call in generated clients */
  id: string
  tag: 'Accounts' | 'Presets' | 'Tasks' | 'Assets' | 'Operation'
  summary: string
  description?: string
  /** a browser is refused what other sites' pages make it send; a player has a token in the address, for what it plays */
  caller: 'anybody' | 'browser' | 'user' | 'player'
  path?: z.ZodObject
  query?: z.ZodObject
  header?: z.ZodObject
  body?: { schema: z.ZodType; isOptional?: boolean; examples: Examples }
  /** by status */
  answers: Record<number, Answer>
  /** what it can be refused for, beside what all are */
  errors: readonly ErrorCode[]
  /** whether an allowance is taken from */
  isLimited?: boolean
}
