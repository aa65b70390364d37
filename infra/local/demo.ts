import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultPresetName, findPreset, presetNames } from '@reelway/shared/presets/catalogue.ts'
import { ensureFfmpeg } from './ensure-ffmpeg.ts'
import { localDefaults } from './local-defaults.ts'
import { localOptions } from './local-options.ts'
import { makeSampleVideo } from './sample-video.ts'
import { startStack } from './stack.ts'
import { walkTheApi } from './tour/walk.ts'
import { untilTold } from './until-told.ts'

/** npm runs scripts in the folder of package.json; paths are meant from where npm was called. */
const callerFolder = process.env.INIT_CWD ?? process.cwd()

const USAGE = 'Usage: npm run demo [-- VIDEO] [--preset NAME] [--out FILE]'

/** npm run demo: the whole stack for one conversion, walked through the public API. */
const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { preset: { type: 'string' }, out: { type: 'string' } },
  })
  const preset = findPreset(values.preset ?? defaultPresetName)
  if (preset === undefined) throw new Error(`There is no preset ${values.preset}. Presets: ${presetNames.join(', ')}.`)
  if (preset.video !== null && preset.ladder !== null)
    throw new Error('A stream is played, not downloaded: convert one while npm start runs.')
  if (positionals.length > 1) throw new TypeError('Give one video at a time.')
  const given = positionals[0] === undefined ? undefined : resolve(callerFolder, positionals[0])
  if (given !== undefined && !(await isFile(given))) throw new Error(`There is no file ${given}.`)
  const outputPath = resolve(callerFolder, values.out ?? `converted.${preset.container.extension}`)
  await mkdir(dirname(outputPath), { recursive: true })
  const binaries = await ensureFfmpeg(process.env)

  const directory = await mkdtemp(join(tmpdir(), 'reelway-demo-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(directory, { recursive: true, force: true }))
  const told = untilTold()
  console.log('Starting Reelway on this machine: PostgreSQL, storage, Pub/Sub, web and batch ...')
  const stack = undo.use(await startStack({ ...localDefaults, ...localOptions(process.env), directory, webPort: 0 }))
  console.log(`web answers at ${stack.webUrl}`)

  const walk = async (): Promise<undefined> => {
    const path = given ?? join(directory, 'sample.mp4')
    if (given === undefined) {
      console.log('Making a sample video of 25 s with a moving picture and sound ...')
      await makeSampleVideo(binaries.ffmpeg, path)
    }
    await walkTheApi(stack.webUrl, { path, preset: values.preset, outputPath })
  }
  const ended = await Promise.race([walk(), told.then((reason) => ({ name: reason, lastLines: [] })), stack.partEnded])
  if (ended !== undefined) throw new Error([`Stopped: ${ended.name}.`, ...ended.lastLines].join('\n'))
  await undo.disposeAsync()
  console.log(`\nresult: ${outputPath}`)
  return 0
}

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof TypeError) console.error(USAGE)
  process.exitCode = 1
}
