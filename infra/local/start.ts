import { parseArgs } from 'node:util'
import { ensurePage } from '../page/ensure-page.ts'
import { dataDirectory } from './data-directory.ts'
import { ensureFfmpeg } from './ensure-ffmpeg.ts'
import { isPortFree } from './free-port.ts'
import { localDefaults } from './local-defaults.ts'
import { localOptions } from './local-options.ts'
import { startStack } from './stack.ts'
import { untilTold } from './until-told.ts'

const USAGE = 'Usage: npm start [-- --fresh]'

/** npm start: the whole of Reelway on this machine, until Ctrl-C. `-- --fresh` begins with empty data. */
const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } })
  const webPort = await chosenPort(process.env.PORT ?? '8080')
  const directory = dataDirectory(process.env.REELWAY_DATA)
  await ensureFfmpeg(process.env)
  await ensurePage()
  const told = untilTold()
  await using stack = await startStack({
    ...localDefaults,
    ...localOptions(process.env),
    directory,
    webPort,
    fresh: values.fresh,
  })
  // By this name browsers take the cookie of a session, which is for secure places only.
  const address = stack.webUrl.replace('127.0.0.1', 'localhost')
  console.log(`Reelway is running at ${address} (data and logs in ${directory}; Ctrl-C stops it)`)
  const ended = await Promise.race([told.then(() => undefined), stack.partEnded])
  if (ended === undefined) return 0
  console.error(`${ended.name} ended unexpectedly (exit code ${ended.code}); stopping. Its last lines:`)
  console.error(ended.lastLines.join('\n'))
  return 1
}

const chosenPort = async (given: string): Promise<number> => {
  const port = Number(given)
  if (!/^\d+$/.test(given) || port > 65535) throw new Error(`PORT must be a number from 0 to 65535, for example 3000.`)
  if (!(await isPortFree(port)))
    throw new Error(
      `Port ${port} is taken, maybe by a Reelway that runs already. Choose another one: PORT=3000 npm start`,
    )
  return port
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof TypeError) console.error(USAGE)
  process.exitCode = 1
}
