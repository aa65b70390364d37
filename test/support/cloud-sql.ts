import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { z } from 'zod'
import { issueCertificate } from './issue-certificate.ts'
import { loopbackAddress } from './loopback-address.ts'
import { logIn, readStartup } from './postgres-log-in.ts'

/** The connector can be told no other. */
const PROXY_PORT = 3307

export type CloudSql = AsyncDisposable & {
  /** of the stand-in of the Cloud SQL Admin API */
  adminUrl: string
  /** connections through the proxy that are open now */
  openConnections(): number
  /** log-ins to PostgreSQL that were tried, ever */
  logIns(): number
  /** certificates that the Admin API has issued, ever */
  certificates(): number
}

export type CloudSqlOptions = {
  /** PROJECT:REGION:INSTANCE */
  instance: string
  /** common name of the proxy's certificate; Cloud SQL's is PROJECT:INSTANCE */
  serverName: string
  /** whoever brings it may log in */
  accessToken: string
  /** PostgreSQL that the proxy leads to */
  postgresUrl: string
  /** of every user that logs in */
  password: string
  /** so many connections are broken off at first, as with a certificate that has run out */
  refusals?: number
}

/**
 * A stand-in of Cloud SQL for the unmodified connector: the two calls of the Admin API that it makes, and the TLS proxy at the
 * instance's private address, which is a loopback address of its own. Certificates are issued for the access token only, and
 * connections taken with such a certificate only. A client is then logged in without being asked for a password. This is where
 * it stops being Cloud SQL: PostgreSQL knows nothing of IAM here, so the proxy answers it with the user's password.
 */
export const startCloudSql = async (options: CloudSqlOptions): Promise<CloudSql> => {
  const [project = '', region = '', instance = ''] = options.instance.split(':')
  const { privateKey, publicKey } = newKeys()
  const issuer = { name: 'Cloud SQL stand-in', privateKey }
  const issue = (subject: string, key: KeyObject) => issueCertificate({ subject, publicKey: key, issuer })
  const authority = issueCertificate({ subject: issuer.name, publicKey, issuer, isAuthority: true })

  const address = loopbackAddress()
  const server = newKeys()
  const counts = { open: 0, logIns: 0, certificates: 0 }
  const proxy = createTlsServer({
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: issue(options.serverName, server.publicKey),
    ca: authority,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
  })
  let refusals = options.refusals ?? 0
  proxy.on('secureConnection', (client) => {
    if (refusals-- > 0) return void client.destroy()
    counts.open++
    client.once('close', () => counts.open--)
    passOn(client).catch(ignore)
  })
  const passOn = async (client: TLSSocket): Promise<void> => {
    const { hostname, port } = new URL(options.postgresUrl)
    const postgres = connect(Number(port), hostname)
    for (const side of [client, postgres]) side.on('error', ignore)
    postgres.once('close', () => client.end())
    try {
      const startup = await readStartup(client)
      counts.logIns++
      client.write(await logIn(postgres, startup, options.password))
      client.pipe(postgres).pipe(client)
      await once(client, 'close')
    } finally {
      client.destroy()
      postgres.destroy()
    }
  }

  const path = `/sql/v1beta4/projects/${project}/instances/${instance}`
  const answerAdmin = async (request: IncomingMessage): Promise<object | undefined> => {
    if (request.headers.authorization !== `Bearer ${options.accessToken}`) return undefined
    switch (`${request.method} ${decodeURIComponent(request.url ?? '')}`) {
      case `GET ${path}/connectSettings`:
        return {
          serverCaCert: { cert: authority, expirationTime: '2099-01-01T00:00:00Z' },
          ipAddresses: [{ type: 'PRIVATE', ipAddress: address }],
          region,
          databaseVersion: 'POSTGRES_18',
        }
      case `POST ${path}:generateEphemeralCert`: {
        const body = certificateRequest.parse(JSON.parse(await text(request)))
        if (body.access_token !== options.accessToken) return undefined
        counts.certificates++
        return { ephemeralCert: { cert: issue('ephemeral', createPublicKey(body.public_key)) } }
      }
      default:
        return undefined
    }
  }
  const admin = createServer((request, response) => {
    answerAdmin(request).then(
      (answer) => send(response, answer === undefined ? 403 : 200, answer ?? { error: { code: 403 } }),
      () => send(response, 400, { error: { code: 400 } }),
    )
  })
  await listen(proxy, PROXY_PORT, address)
  await listen(admin, 0, '127.0.0.1')
  const bound = admin.address()
  if (bound === null || typeof bound === 'string') throw new Error('the stand-in of the Admin API has no port')
  return {
    adminUrl: `http://127.0.0.1:${bound.port}/`,
    openConnections: () => counts.open,
    logIns: () => counts.logIns,
    certificates: () => counts.certificates,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([close(proxy), close(admin)])
    },
  }
}

const certificateRequest = z.object({ public_key: z.string(), access_token: z.string().optional() })

/** A connection that breaks is the client's to notice. */
const ignore = (): void => undefined

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body))
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })

/** Resolves when the last connection has ended, too. */
const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
