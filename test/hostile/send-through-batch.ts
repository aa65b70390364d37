import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { encoders, workFiles } from '../acceptance/watch-stack.ts'
import { Client } from '../support/client.ts'
import { startTestStack } from '../support/stack.ts'
import type { HostileFile } from './hostile-file.ts'

/** How one file ended: what came of its task, and what is wrong with that. */
export type BatchEnding = { file: HostileFile; name: string; findings: string[] }

/**
 * Uploads files to a whole Reelway, one after the other, and waits for what becomes of each. At the end batch must be the process
 * that it was at the beginning, ready, with no encoder and no file left; what is wrong with it comes as `findings`.
 */
export const sendThroughBatch = async (
  files: readonly HostileFile[],
): Promise<{ endings: BatchEnding[]; findings: string[] }> => {
  await using stack = await startTestStack({
    push: { ackDeadlineSeconds: 60, backoffSeconds: { minimum: 1, maximum: 2 } },
  })
  const folder = await mkdtemp(join(tmpdir(), 'reelway-hostile-'))
  try {
    const { pid } = stack.batch
    const client = await Client.signUp(stack.webUrl)
    const endings: BatchEnding[] = []
    for (const file of files) endings.push(await sendOne(client, file, join(folder, 'upload.mp4')))
    await stack.pubsub.idle()
    const ready = await fetch(`${stack.batch.url}/ready`)
    const left = [...(await encoders(stack)).map(String), ...(await workFiles(stack))]
    const findings = [
      stack.batch.pid === pid ? undefined : 'batch is not the process that it was',
      ready.ok ? undefined : `batch is not ready: ${ready.status}`,
      left.length === 0 ? undefined : `left behind: ${left.join(', ')}`,
    ]
    return { endings, findings: findings.filter((finding) => finding !== undefined) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const sendOne = async (client: Client, file: HostileFile, path: string): Promise<BatchEnding> => {
  await writeFile(path, file.bytes)
  const { status, error, attempts } = await client.convert(path, { preset: file.preset })
  const kind = Object.entries(errorCatalogue).find(([code]) => code === error?.code)?.[1].kind
  const isSettled = status === 'completed' || (status === 'failed' && kind === 'permanent')
  const findings = [
    isSettled ? undefined : `${status} with ${error?.code}: ${error?.message}`,
    attempts === 1 ? undefined : `it took ${attempts} attempts`,
  ]
  return { file, name: error?.code ?? status, findings: findings.filter((finding) => finding !== undefined) }
}
