import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { issueCertificate } from '../issue-certificate.ts'

export type ConnectProxy = AsyncDisposable & {
  port: number
  /** PEM: who trusts it trusts this proxy in the place of every host that it stands for */
  certificate: string
}

export type ConnectProxyOptions = {
  /** patterns as of certificates: "*.googleapis.com" */
  hosts: string[]
  /** answers what is asked of those hosts */
  answer: RequestListener
  /** told of every other host, which is answered 403 */
  refuse: (host: string) => void
}

/**
 * An HTTP proxy (RFC 9110, CONNECT) that leads nowhere: it ends TLS itself, with one certificate for all hosts that it stands for.
 * So a client that obeys https_proxy can reach nothing else, and needs no endpoint of its own configured.
 */
export const startConnectProxy = async ({ hosts, answer, refuse }: ConnectProxyOptions): Promise<ConnectProxy> => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = 'Google Cloud stand-in'
  const publicKey = createPublicKey(privateKey)
  const certificate = issueCertificate({
    subject,
    publicKey,
    issuer: { name: subject, privateKey },
    isAuthority: true,
    hosts,
  })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const tls = createHttpsServer({ key, cert: certificate }, answer)
  tls.on('tlsClientError', () => undefined)

  const sockets = new Set<Socket>()
  const proxy = createServer((request, response) => {
    refuse(request.headers.host ?? request.url ?? '')
    response.writeHead(403).end()
  })
  proxy.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  const isOurs = hostMatcher(hosts)
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    const host = (request.url ?? '').replace(/:443$/, '')
    if (!isOurs(host)) {
      refuse(host)
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    tls.emit('connection', socket)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    port: address.port,
    certificate,
    [Symbol.asyncDispose]: async () => {
      const closed = once(proxy, 'close')
      proxy.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

const hostMatcher = (hosts: string[]): ((host: string) => boolean) => {
  const patterns = hosts.map((host) => new RegExp(`^${host.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`))
  return (host) => patterns.some((pattern) => pattern.test(host))
}
