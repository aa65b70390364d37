import { status } from '@grpc/grpc-js'

/** A refusal that reaches the client as this gRPC status code with this sentence; anything else thrown becomes INTERNAL. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: status

  constructor(code: status, message: string) {
    super(message)
    this.code = code
  }
}

/** The request can never succeed as it is: a bound or a form is violated (gRPC code 3). */
export const invalidArgument = (message: string): RpcError => new RpcError(status.INVALID_ARGUMENT, message)

/** The named topic or subscription does not exist (gRPC code 5). */
export const notFound = (message: string): RpcError => new RpcError(status.NOT_FOUND, message)

/** The named topic or subscription exists already (gRPC code 6). */
export const alreadyExists = (message: string): RpcError => new RpcError(status.ALREADY_EXISTS, message)

/** A number is outside its bounds where Google says so with a code of its own (gRPC code 11). */
export const outOfRange = (message: string): RpcError => new RpcError(status.OUT_OF_RANGE, message)

/** Google has it and this server does not (gRPC code 12): refused rather than silently ignored. */
export const unimplemented = (feature: string): RpcError =>
  new RpcError(status.UNIMPLEMENTED, `The local Pub/Sub has no ${feature}`)
