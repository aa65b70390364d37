import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Duplex, Readable } from 'node:stream'

/**
 * Passes a client's startup message on to PostgreSQL and answers its question for a password (SCRAM-SHA-256) in the client's
 * place. Resolves to the message that the client is to get: that it is logged in, or PostgreSQL's error.
 */
export const logIn = async (postgres: Duplex, startup: Buffer, password: string): Promise<Buffer> => {
  postgres.write(startup)
  const asked = await readMessage(postgres)
  if (!isAuthentication(asked, SASL)) return asked
  const clientFirst = `n=,r=${randomBytes(18).toString('base64')}`
  postgres.write(response(Buffer.from('SCRAM-SHA-256\0'), sized(`n,,${clientFirst}`)))

  const challenge = await readMessage(postgres)
  if (!isAuthentication(challenge, SASL_CONTINUE)) return challenge
  const serverFirst = challenge.subarray(AUTHENTICATION_HEADER_BYTES).toString()
  postgres.write(response(Buffer.from(prove(clientFirst, serverFirst, password))))

  const answer = await readMessage(postgres)
  return isAuthentication(answer, SASL_FINAL) ? await readMessage(postgres) : answer
}

/** Reads the first message of a client: a length and what it counts. */
export const readStartup = async (client: Readable): Promise<Buffer> => {
  const length = await readBytes(client, 4)
  return Buffer.concat([length, await readBytes(client, length.readUInt32BE() - 4)])
}

// https://www.postgresql.org/docs/18/protocol-message-formats.html, "Authentication…"
const SASL = 10
const SASL_CONTINUE = 11
const SASL_FINAL = 12
const AUTHENTICATION_HEADER_BYTES = 9

const isAuthentication = (message: Buffer, kind: number): boolean =>
  message.toString('latin1', 0, 1) === 'R' && message.readUInt32BE(5) === kind

const readMessage = async (from: Readable): Promise<Buffer> => {
  const head = await readBytes(from, 5)
  const length = head.readUInt32BE(1) - 4
  return length === 0 ? head : Buffer.concat([head, await readBytes(from, length)])
}

const readBytes = async (from: Readable, length: number): Promise<Buffer> => {
  while (!from.readableEnded && !from.destroyed) {
    const bytes: unknown = from.read(length)
    if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes
    if (bytes !== null) break
    const either = new AbortController()
    await Promise.race(['readable', 'close'].map((event) => once(from, event, either)))
    either.abort()
  }
  throw new Error('the connection ended in the middle of a message')
}

const response = (...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from('p'), uint32(body.length + 4), body])
}
const sized = (text: string): Buffer => Buffer.concat([uint32(Buffer.byteLength(text)), Buffer.from(text)])
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The client's last message (RFC 5802, section 3), which proves that it knows the password. */
const prove = (clientFirst: string, serverFirst: string, password: string): string => {
  const [, nonce = '', salt = '', iterations = ''] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(serverFirst) ?? []
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256')
  const clientKey = hmac(salted, 'Client Key')
  const clientFinal = `c=biws,r=${nonce}`
  const signed = hmac(createHash('sha256').update(clientKey).digest(), `${clientFirst},${serverFirst},${clientFinal}`)
  const proof = clientKey.map((byte, index) => byte ^ (signed[index] ?? 0))
  return `${clientFinal},p=${Buffer.from(proof).toString('base64')}`
}
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
