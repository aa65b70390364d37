import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { z } from 'zod'

const tagged = z.object({ tags: z.record(z.string(), z.string()).default({}) })
const report = z.object({ streams: z.array(tagged), chapters: z.array(z.unknown()), format: tagged })

/** All that ffprobe finds a file to say of itself, but for what every file says; and the bytes of the file. */
export const saidBy = async (ffprobe: string, path: string) => {
  const argv = ['-v', 'error', '-show_format', '-show_streams', '-show_chapters', '-of', 'json', path]
  const { stdout } = await promisify(execFile)(ffprobe, argv)
  const { streams, chapters, format } = report.parse(JSON.parse(stdout))
  assert.equal(chapters.length, 0)
  const said = (tags: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(tags)
        .map(([name, value]) => [name.toLowerCase(), value] as const)
        .filter(([name, value]) => !OF_EVERY_FILE.has(name) && value !== 'und'),
    )
  const bytes = (await readFile(path)).toString('latin1')
  return { whole: said(format.tags), tracks: streams.map(({ tags }) => said(tags)), bytes }
}

const OF_EVERY_FILE: ReadonlySet<string> = new Set([
  ...['major_brand', 'minor_version', 'compatible_brands', 'encoder', 'handler_name', 'vendor_id', 'duration'],
])
