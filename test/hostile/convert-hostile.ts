import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { encodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import { sourceFacts } from '@reelway/batch/probe/source-facts.ts'
import { summariseSource } from '@reelway/batch/probe/summarise.ts'
import type { Failed, Refused } from '@reelway/batch/refusal.ts'
import { checkEnd } from '@reelway/batch/transcode/check-end.ts'
import { encodePart } from '@reelway/batch/transcode/encode-part.ts'
import { type Encoded, type TranscodeRequest, transcodeSource } from '@reelway/batch/transcode/transcode.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { sourceSummary } from '@reelway/shared/source-summary.ts'
import { serveFile } from '../support/serve-file.ts'
import type { HostileFile } from './hostile-file.ts'
import { LIMITS } from './limits.ts'
import type { ProgramWatch } from './watch-programs.ts'

type EncodedInParts = { kind: 'encoded-in-parts' }

/** How one file ended, and what it cost. `threw`: an exception, which batch would take for a passing trouble. */
export type Ending = {
  result: Encoded | EncodedInParts | Refused | Failed | { kind: 'threw'; error: unknown }
  seconds: number
  peakBytes: number
  /** What lay on disk at the end. */
  diskBytes: number
  /** What was asked for besides the file itself. */
  otherPaths: string[]
  /** Programs that still ran when all was over. */
  leftRunning: number[]
}

/** Does with a file what batch does with an upload: serve, probe, plan, transcode. Nothing of it is left on disk. */
export const convertHostile = async (
  binaries: Binaries,
  { bytes, preset }: Pick<HostileFile, 'bytes' | 'preset'>,
  watch: ProgramWatch,
): Promise<Ending> => {
  const folder = await mkdtemp(join(tmpdir(), 'reelway-hostile-'))
  try {
    const sourcePath = join(folder, 'upload')
    await writeFile(sourcePath, bytes)
    await using served = await serveFile(sourcePath)
    const startedAt = performance.now()
    const result = await convert(binaries, preset, served.url, join(folder, 'result'), bytes.length).catch(
      (error: unknown) => ({
        kind: 'threw' as const,
        error,
      }),
    )
    return {
      result,
      seconds: (performance.now() - startedAt) / 1000,
      peakBytes: watch.peakBytes(served.url),
      diskBytes: await bytesIn(folder, bytes.length),
      otherPaths: served.requestedPaths().filter((path) => path !== '/source'),
      leftRunning: watch.running(served.url),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const convert = async (
  binaries: Binaries,
  presetName: HostileFile['preset'],
  sourceUrl: string,
  outputPath: string,
  uploadBytes: number,
): Promise<Encoded | EncodedInParts | Refused | Failed> => {
  const preset = presets[presetName]
  const signal = new AbortController().signal
  const probed = await probeSource(binaries, sourceUrl, signal)
  if (probed.kind !== 'probed') return probed
  // What is stored, and shown to the owner, must be of the shape that is promised.
  const facts = sourceFacts.parse(probed.facts)
  sourceSummary.parse(summariseSource(facts))
  const { encodeBudgetSeconds, ...limits } = LIMITS.conversion
  const planned = planTranscode(
    facts,
    preset,
    {},
    {
      partBudgetSeconds: encodeBudgetSeconds,
      wholeBudgetSeconds: encodeBudgetSeconds,
      cores: 2,
      costFactor: 1,
      sourceBytes: uploadBytes,
    },
  )
  if (planned.kind !== 'planned') return planned
  const plan = encodePlan.parse(planned.plan)
  const request = { ...limits, binaries, plan, sourceUrl, outputPath, threads: 2, signal, onProgress }
  if (plan.parts.length > 1 || plan.renditions !== null) return await convertInParts(request)
  const result = await transcodeSource(request)
  if (result.kind === 'handed-over') throw new Error('nothing was to be handed over')
  return result
}

/** The end is proved first; then the first, the middle and the last part stand for all of them. */
const convertInParts = async (request: TranscodeRequest): Promise<EncodedInParts | Refused | Failed> => {
  const { parts } = request.plan
  const checked = await checkEnd(request)
  if (checked.kind !== 'complete') return checked
  for (const part of new Set([parts[0], parts[Math.floor(parts.length / 2)], parts.at(-1)])) {
    if (part === undefined) continue
    const handOverAfterSeconds = LIMITS.conversion.wallClockLimitSeconds
    const encoded = await encodePart({ ...request, part, handOverAfterSeconds })
    if (encoded.kind === 'refused' || encoded.kind === 'failed') return encoded
  }
  return { kind: 'encoded-in-parts' }
}

// Nobody looks at it here.
const onProgress = () => undefined

const bytesIn = async (folder: string, uploadBytes: number): Promise<number> => {
  const names = await readdir(folder)
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0) - uploadBytes
}
