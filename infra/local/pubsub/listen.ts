import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'

/** The open ports of a local Pub/Sub. */
export type Listening = {
  grpcPort: number
  certsPort: number
  /** Ends every call and connection, and resolves when the ports are free. */
  stop(): Promise<void>
}

/**
 * Makes both servers listen on 127.0.0.1; port 0 lets the system choose.
 * Rejects, with neither left listening, if a port is taken.
 */
export const listen = async (input: {
  grpc: GrpcServer
  grpcPort: number
  certs: HttpServer
  certsPort: number
}): Promise<Listening> => {
  const stop = async () => {
    input.grpc.forceShutdown()
    input.certs.close()
    input.certs.closeAllConnections()
    if (input.certs.listening) await once(input.certs, 'close')
  }
  try {
    input.certs.listen(input.certsPort, '127.0.0.1')
    await once(input.certs, 'listening')
    const certsPort = (input.certs.address() as AddressInfo).port
    return { grpcPort: await bind(input.grpc, input.grpcPort), certsPort, stop }
  } catch (cause) {
    await stop()
    throw new Error('The local Pub/Sub cannot listen', { cause })
  }
}

const bind = (grpc: GrpcServer, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    grpc.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
