import { healthSchema, readySchema, versionSchema } from '@reelway/shared/http/operations-schema.ts'
import { presetsSchema } from '../presets/preset-schema.ts'
import { examplePresets } from './example-values.ts'
import type { Operation } from './operation.ts'

/** The routes that are for anybody and say what this service is, by method and path. */
export const serviceOperations: Record<string, Operation> = {
  'GET /api/presets': {
    id: 'listPresets',
    tag: 'Presets',
    summary: 'What a video can be converted to',
    description:
      'Of each preset the options, the limits, and the size and time to expect; of each option a JSON Schema.',
    caller: 'anybody',
    answers: {
      200: { description: 'All presets.', schema: presetsSchema, examples: { 'one of them': examplePresets() } },
    },
    errors: [],
  },
  'GET /health': {
    id: 'getHealth',
    tag: 'Operation',
    summary: 'Whether the process answers',
    caller: 'anybody',
    answers: { 200: { description: 'It does.', schema: healthSchema, examples: { ok: { status: 'ok' } } } },
    errors: [],
  },
  'GET /ready': {
    id: 'getReady',
    tag: 'Operation',
    summary: 'Whether its database answers, too',
    caller: 'anybody',
    answers: { 200: { description: 'It does.', schema: readySchema, examples: { ready: { status: 'ready' } } } },
    errors: ['not_ready'],
  },
  'GET /version': {
    id: 'getVersion',
    tag: 'Operation',
    summary: 'What is running',
    caller: 'anybody',
    answers: {
      200: {
        description: 'The service and its commit.',
        schema: versionSchema,
        examples: { version: { service: 'web', commit: '84b3cdd' } },
      },
    },
    errors: [],
  },
}
