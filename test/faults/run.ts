import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureFfmpeg } from '@reelway/local/ensure-ffmpeg.ts'
import { z } from 'zod'
import { planRound } from './plan-round.ts'
import { playRound } from './play-round.ts'

const USAGE =
  'Usage: npm run test:faults [-- --seed N] [--rounds N] [--tasks N] [--users N] [--instances N] [--short] [--known] [--keep FOLDER]'

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new TypeError(`${text} is no whole number`)
  return Number(text)
}

/**
 * npm run test:faults: rounds of tasks on bad days, each with its own seed; the same seed and size give the same plan. `--known`: those that
 * ever failed. `--short` leaves out long tasks. A round that fails is printed with its plan; its logs and history are written below FOLDER.
 */
const main = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      tasks: { type: 'string', default: '60' },
      users: { type: 'string', default: '6' },
      instances: { type: 'string', default: '2' },
      short: { type: 'boolean', default: false },
      known: { type: 'boolean', default: false },
      keep: { type: 'string' },
    },
  })
  await ensureFfmpeg(process.env)
  const size = { tasks: whole(values.tasks), users: whole(values.users), long: !values.short }
  const first = values.seed === undefined ? Date.now() % 1_000_000 : whole(values.seed)
  const seeds = values.known
    ? await knownSeeds()
    : Array.from({ length: whole(values.rounds) }, (_, index) => first + index)
  const failed: number[] = []
  for (const seed of seeds) {
    const plan = planRound(seed, size)
    const report = await playRound(plan, { ...size, instances: whole(values.instances) }, async (stack, done) => {
      if (values.keep === undefined || done.breaches.length === 0) return
      const folder = join(values.keep, String(seed))
      await mkdir(folder, { recursive: true })
      await cp(join(stack.directory, 'logs'), join(folder, 'logs'), { recursive: true })
      await writeFile(join(folder, 'history.json'), JSON.stringify(done.history, undefined, 1))
      await writeFile(join(folder, 'faults.txt'), done.faults.join('\n'))
    })
    const { breaches, outcomes, seconds } = report
    console.log(
      `seed ${seed}: ${breaches.length === 0 ? 'well' : 'FAILED'} in ${seconds} s, ${JSON.stringify(outcomes)}`,
    )
    if (breaches.length === 0) continue
    failed.push(seed)
    console.log([...breaches.map((breach) => `  ${breach}`), ...report.faults.map((fault) => `  ${fault}`)].join('\n'))
    for (const { user, atMillis, clip, behaviour } of plan.tasks) {
      console.log(`  ${atMillis} ms: user ${user}, ${clip.video} to ${clip.preset}, ${behaviour}`)
    }
    await remember(seed)
  }
  console.log(failed.length === 0 ? 'no seed failed' : `failed: seeds ${failed.join(', ')}`)
  return failed.length === 0
}

const SEEDS = new URL('seeds.json', import.meta.url)

const knownSeeds = async (): Promise<number[]> => z.array(z.int()).parse(JSON.parse(await readFile(SEEDS, 'utf8')))

/** Every seed that ever failed becomes a test (test/acceptance/faults.test.ts). */
const remember = async (seed: number): Promise<void> => {
  const known = await knownSeeds()
  if (!known.includes(seed)) await writeFile(SEEDS, `${JSON.stringify([...known, seed])}\n`)
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  console.error(error)
  if (error instanceof TypeError) console.error(USAGE)
  process.exitCode = 1
}
