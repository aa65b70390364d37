import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { Api } from './api.ts'
import { uploadAnswer, uploadInChunks } from './upload.ts'
import { waitForTask } from './wait.ts'

// What a browser would say of such a file.
const CONTENT_TYPES: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.mkv': 'video/x-matroska',
  '.webm': 'video/webm',
  '.avi': 'video/x-msvideo',
  '.ts': 'video/mp2t',
}

const created = z.object({ task: z.object({ id: z.string() }), upload: uploadAnswer })

/** Walks the public API as a client does, from the sign-up to the download at `outputPath`. Throws when the conversion fails. */
export const walkTheApi = async (
  webUrl: string,
  video: { path: string; preset: string | undefined; outputPath: string },
): Promise<void> => {
  const api = new Api(webUrl)
  const username = `demo-${randomBytes(4).toString('hex')}`
  const account = { username, email: `${username}@example.com`, password: randomBytes(12).toString('base64url') }

  console.log('\n1. Sign up and log in')
  await api.call('POST', '/api/auth/signup', account)
  const { email, password } = account
  const login = z
    .object({ accessToken: z.string() })
    .parse(await api.call('POST', '/api/auth/login', { email, password }))
  api.authorise(login.accessToken)

  console.log('\n2. Create a task')
  const sizeBytes = (await stat(video.path)).size
  const { task, upload } = created.parse(
    await api.call('POST', '/api/tasks', {
      fileName: basename(video.path),
      contentType: CONTENT_TYPES[extname(video.path).toLowerCase()] ?? 'application/octet-stream',
      sizeBytes,
      ...(video.preset !== undefined && { preset: video.preset }),
    }),
  )
  const path = `/api/tasks/${task.id}`

  console.log('\n3. Upload the video, straight to the storage')
  await uploadInChunks(upload, video.path, sizeBytes)
  await api.call('POST', `${path}/uploaded`)

  console.log('\n4. Wait for the conversion')
  const settled = await waitForTask(api, path)
  const [output] = settled.outputs
  if (output === undefined) throw new Error(settled.error?.message ?? `The task is ${settled.status}.`)

  console.log('\n5. Download the result, straight from the storage')
  const response = await fetch(output.url)
  console.log(`  GET signed URL at ${new URL(output.url).host} → ${response.status} ${output.contentType}`)
  if (!response.ok || response.body === null) throw new Error(`The download was refused: ${await response.text()}`)
  await pipeline(Readable.fromWeb(response.body), createWriteStream(video.outputPath))
  console.log(`  ${output.width}x${output.height}, ${output.durationSeconds} s, ${output.sizeBytes} bytes`)
}
