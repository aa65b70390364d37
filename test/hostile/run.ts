import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureFfmpeg } from '@reelway/local/ensure-ffmpeg.ts'
import { convertHostile } from './convert-hostile.ts'
import { type HostileFile, makeHostileFile } from './hostile-file.ts'
import { judgeEnding, nameEnding } from './judge-ending.ts'
import { loadClips } from './load-clips.ts'
import { addOutcome, formatOutcomes, type Outcomes } from './outcomes.ts'
import { sendThroughBatch } from './send-through-batch.ts'
import { watchPrograms } from './watch-programs.ts'

/**
 * npm run test:hostile [-- --seed S] [--files 500] [--only N,M] [--batch 60] [--keep FOLDER]: damages whole clips in 500
 * ways and gives each to the conversion, and 60 of them to a whole Reelway. Ends with 1 when one did not end well, and says how
 * to run it again; `--keep` writes the files themselves.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '500' },
    only: { type: 'string' },
    batch: { type: 'string', default: '60' },
    keep: { type: 'string' },
  },
})
const binaries = await ensureFfmpeg(process.env)
const clips = await loadClips()
const numbers =
  values.only === undefined
    ? Array.from({ length: Number(values.files) }, (_, n) => n)
    : values.only.split(',').map(Number)

using watch = watchPrograms()
const outcomes: Outcomes = new Map()
const findings: string[] = []

const convertOne = async (number: number): Promise<void> => {
  const file = makeHostileFile(values.seed, number, clips)
  if (values.keep !== undefined) await keep(values.keep, file)
  const ending = await convertHostile(binaries, file, watch)
  addOutcome(outcomes, file, nameEnding(ending), ending)
  for (const finding of judgeEnding(ending)) {
    findings.push(`${describe(file)}: ${finding}`)
    console.log(`FINDING ${describe(file)}: ${finding}`)
  }
  if (values.only !== undefined) console.log(describe(file), JSON.stringify({ ...ending, result: ending.result }))
}

const describe = ({ number, clip, mutation, preset }: HostileFile) =>
  `--seed ${values.seed} --only ${number} (${mutation} of ${clip}, ${preset})`

const keep = async (folder: string, { number, clip, mutation, bytes }: HostileFile) => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${number}-${mutation}-${clip}`), bytes)
}

// Two at a time: as many as the smallest machine that is expected has processors.
const waiting = numbers.values()
await Promise.all(
  [0, 1].map(async () => {
    for (const number of waiting) await convertOne(number)
  }),
)
const sendSome = async (count: number): Promise<void> => {
  // From all over the list, so that all kinds of damage are among them.
  const chosen = numbers.filter((_, index) => index % Math.max(1, Math.floor(numbers.length / count)) === 0)
  const sent = await sendThroughBatch(
    chosen.slice(0, count).map((number) => makeHostileFile(values.seed, number, clips)),
  )
  const wrong = sent.endings.flatMap((ending) => ending.findings.map((text) => `${describe(ending.file)}: ${text}`))
  for (const finding of [...wrong, ...sent.findings]) {
    findings.push(finding)
    console.log(`FINDING through batch: ${finding}`)
  }
  console.log(`${sent.endings.length} files through batch`)
}

console.log(formatOutcomes(outcomes))
if (Number(values.batch) > 0) await sendSome(Number(values.batch))
console.log(`${numbers.length} files, ${findings.length} findings`)
process.exitCode = findings.length === 0 ? 0 : 1
