import { generateKeyPairSync } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as afterEvents, setTimeout as wait } from 'node:timers/promises'
import { Storage } from '@google-cloud/storage'
import { freePort } from '../../infra/local/free-port.ts'
import type { NotificationMessage } from '../../infra/local/storage/notifications.ts'
import { type StorageServer, startStorageServer } from '../../infra/local/storage/server.ts'

/** Where the contract is tried: a client that can sign, a bucket to write to, a prefix that is nobody else's. */
export type StoragePlace = {
  storage: Storage
  bucket: string
  prefix: string
  close(): Promise<void>
}

/** A local Cloud Storage with one bucket and a client whose key it knows. */
export type LocalPlace = StoragePlace & {
  server: StorageServer
  keyFile: string
  signers: ReadonlyMap<string, string>
  email: string
  published: { topic: string; message: NotificationMessage }[]
  /** Stops the server and starts another one on the same directory and port. */
  restart(): Promise<void>
}

export type LocalOptions = {
  now?: () => Date
  publish?: (topic: string, message: NotificationMessage) => Promise<void>
}

/** Starts a local place in a temporary directory. The key is made for it and dies with it. */
export const openLocalPlace = async (options: LocalOptions = {}): Promise<LocalPlace> => {
  const directory = await mkdtemp(join(tmpdir(), 'reelway-storage-'))
  const { email, keyFile, signers } = await makeSigner(directory)
  const published: LocalPlace['published'] = []
  const serve = (port: number): Promise<StorageServer> =>
    startStorageServer({
      directory: join(directory, 'data'),
      port,
      signers,
      publishNotification:
        options.publish ??
        (async (topic, message) => {
          published.push({ topic, message })
        }),
      ...(options.now !== undefined && { now: options.now }),
    })
  // A restart finds it free again.
  const server = await serve(await freePort())
  // Google's client warns of a key that is handed over, and of the listeners that it puts on each download itself.
  process.env.GOOGLE_APPLICATION_CREDENTIALS = keyFile
  EventEmitter.defaultMaxListeners = 20
  const storage = new Storage({ projectId: 'local', apiEndpoint: server.url })
  // Read now: the variable is another place's later.
  await storage.authClient.getCredentials()
  await storage.createBucket('contract')
  const place: LocalPlace = {
    storage,
    bucket: 'contract',
    prefix: 'it/',
    server,
    keyFile,
    signers,
    email,
    published,
    async restart() {
      await place.server.close()
      // Until fetch has seen its idle connections end; it would send the next request on one of them.
      await wait(50)
      await afterEvents()
      place.server = await serve(Number(new URL(place.server.url).port))
    },
    async close() {
      await place.server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
  return place
}

const makeSigner = async (
  directory: string,
): Promise<{ email: string; keyFile: string; signers: Map<string, string> }> => {
  const email = 'signer@local.iam.gserviceaccount.com'
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const keyFile = join(directory, 'key.json')
  await writeFile(
    keyFile,
    JSON.stringify({ type: 'service_account', project_id: 'local', client_email: email, private_key: privateKey }),
  )
  return { email, keyFile, signers: new Map([[email, publicKey]]) }
}
