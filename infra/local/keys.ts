import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const keysFile = z.strictObject({
  databasePassword: z.string(),
  jwtKey: z.string(),
  signer: z.strictObject({ email: z.string(), publicKeyPem: z.string() }),
  oidc: z.strictObject({ kid: z.string(), privateKeyPem: z.string() }),
})

export type LocalKeys = z.infer<typeof keysFile> & {
  /** a service account's key file, for GOOGLE_APPLICATION_CREDENTIALS */
  serviceAccountFile: string
}

/** The throw-away secrets of a local stack: made at the first start, kept in `directory` after that. */
export const loadKeys = async (directory: string, projectId: string): Promise<LocalKeys> => {
  const file = join(directory, 'keys.json')
  const serviceAccountFile = join(directory, 'service-account.json')
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (known !== undefined) return { ...keysFile.parse(JSON.parse(known)), serviceAccountFile }
  const signing = newKeyPair()
  const email = `reelway@${projectId}.iam.gserviceaccount.com`
  const keys: z.infer<typeof keysFile> = {
    databasePassword: randomBytes(18).toString('base64url'),
    jwtKey: `local:${randomBytes(32).toString('base64')}`,
    signer: { email, publicKeyPem: signing.publicKey },
    oidc: { kid: randomBytes(8).toString('hex'), privateKeyPem: newKeyPair().privateKey },
  }
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(
    serviceAccountFile,
    JSON.stringify({
      type: 'service_account',
      project_id: projectId,
      private_key_id: 'local',
      private_key: signing.privateKey,
      client_email: email,
      client_id: '1',
    }),
    { mode: 0o600 },
  )
  // Last: a folder with this file is complete.
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 })
  return { ...keys, serviceAccountFile }
}

const newKeyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
