import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { convertHostile } from '../../hostile/convert-hostile.ts'
import { makeHostileFile, type SeedName } from '../../hostile/hostile-file.ts'
import { judgeEnding } from '../../hostile/judge-ending.ts'
import { loadClips } from '../../hostile/load-clips.ts'
import { type ProgramWatch, watchPrograms } from '../../hostile/watch-programs.ts'
import { binaries } from './convert-video.ts'

/** Those that once ended otherwise: by seed and number. Each was a defect of ours. */
const onceFailed: readonly (readonly [string, number])[] = [
  // A table of two thousand million entries was taken for a machine without memory.
  ['1', 384],
  ['1', 478],
  // A sound packet at 4.6 hours: 3.3 GB of silence.
  ['1', 189],
  // One frame days ahead: fps filled the days.
  ['1', 89],
  ['1', 445],
  // Shorter than half a frame, or nothing that could be decoded: an empty result, thrown away five times.
  ['1', 471],
  ['2', 64],
  ['3', 57],
  // Cut within the header: taken for a storage that fails.
  ['4', 2],
  ['4', 86],
]

/** A walk through all kinds of damage and all clips: with this step each is met once before any is met twice. */
const chosen = Array.from({ length: 30 }, (_, index) => ['short', index] as const)

suite('hostile media', { concurrency: 2 }, () => {
  let clips: Readonly<Record<SeedName, Buffer>>
  let watch: ProgramWatch
  before(async () => {
    clips = await loadClips()
    watch = watchPrograms()
  })
  after(() => watch[Symbol.dispose]())

  for (const [seed, number] of [...onceFailed, ...chosen]) {
    test(`file ${number} of seed ${seed} is converted or refused for good, within its limits`, async () => {
      const file = makeHostileFile(seed, number, clips)
      const ending = await convertHostile(await binaries, file, watch)
      assert.deepEqual(judgeEnding(ending), [], `${file.mutation} of ${file.clip}, ${file.preset}`)
    })
  }
})
