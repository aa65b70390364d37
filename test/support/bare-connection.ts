import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that a test writes to byte by byte. */
export type BareConnection = {
  socket: Socket
  /** what has come back so far */
  received(): string
  /** resolves with all that came back once the server has closed the connection */
  closed: Promise<string>
}

/** Opens a connection to the host and port of `url` and sends `text`. Reads what comes back unless `reads` is false. */
export const openBare = async (
  url: string,
  text: string,
  options: { reads?: boolean } = {},
): Promise<BareConnection> => {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: false })
  const chunks: Buffer[] = []
  // A reset is one of the ways in which a server says no.
  socket.on('error', () => undefined)
  if (options.reads === false) socket.pause()
  else socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const received = () => Buffer.concat(chunks).toString()
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received())))
  await once(socket, 'connect')
  socket.write(text)
  return { socket, received, closed }
}
