import { type handleUnaryCall, status } from '@grpc/grpc-js'
import type { z } from 'zod'
import { RpcError } from './rpc-error.ts'

/**
 * A unary gRPC method: what proto-loader decoded goes through the schema, the handler's value is the answer.
 * An RpcError becomes its status; anything else is INTERNAL, because it is a defect of this server.
 */
export const unary =
  <Request>(
    schema: z.ZodType<Request>,
    handle: (request: Request) => object | Promise<object>,
  ): handleUnaryCall<unknown, unknown> =>
  (call, answer) => {
    Promise.try(() => handle(schema.parse(call.request))).then(
      (response) => answer(null, response),
      (error: unknown) => {
        const code = error instanceof RpcError ? error.code : status.INTERNAL
        answer({ code, details: error instanceof Error ? error.message : 'unknown error' })
      },
    )
  }
