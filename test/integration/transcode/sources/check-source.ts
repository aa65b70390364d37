import assert from 'node:assert/strict'
import type { VideoName } from '../../../videos/recipes.ts'
import { flashTimes, patches } from '../../../videos/sources/marked.ts'
import type { SourceRow } from '../../../videos/sources/source-row.ts'
import { convertVideo, lookAt } from '../convert-video.ts'
import { type Measured, measureMarks } from './measure-marks.ts'
import { toneMapped } from './tone-mapped.ts'

// Eight-bit colour goes through two matrices and two lossy encodes.
const TOLERANCE_LEVELS = 9
// What the two ends of a beep's first period are apart at a level that is heard.
const HEARING_SECONDS = 0.003

// How much of what is painted is seen where something is see-through.
const SEEN_THROUGH = 0.8

type Expected = Exclude<SourceRow<VideoName>, { refused: string }>

/** Converts a source as batch would, and holds what is seen and heard in the result against what its row promises. */
export const checkSource = async (row: SourceRow<VideoName>): Promise<void> => {
  await using conversion = await convertVideo(row.video, 'mp4-720p')
  const { result } = conversion
  if (row.refused !== undefined) {
    assert.equal(result.kind === 'refused' ? result.code : result.kind, row.refused)
    return
  }
  assert.equal(result.kind, 'encoded', JSON.stringify(result))
  const { video, audio, durationSeconds } = await lookAt(conversion.outputPath)
  const { width = 320, height = 180, rate = '30/1', seconds = 2 } = row
  const [num = 0, den = 1] = rate.split('/').map(Number)
  const frameSeconds = den / num
  assert.deepEqual(
    {
      size: `${video?.width}x${video?.height}`,
      pixels: video?.sample_aspect_ratio,
      format: video?.pix_fmt,
      colour: [video?.color_range, video?.color_space, video?.color_transfer, video?.color_primaries],
    },
    {
      size: `${width}x${height}`,
      pixels: '1:1',
      format: 'yuv420p',
      colour: ['tv', 'bt709', 'bt709', 'bt709'],
    },
  )
  const frames = Number(video?.nb_read_frames)
  assert.ok(Math.abs(durationSeconds - seconds) <= frameSeconds + 0.001, `${durationSeconds} s instead of ${seconds}`)
  if (frames > 1) assert.equal(video?.r_frame_rate, rate)
  const measured = await measureMarks(conversion.outputPath, { width, height, sound: audio !== undefined })
  assert.equal(measured.complaints, '')
  assert.equal(measured.numbers.length, frames)
  checkColours(row, measured)
  checkNumbers(row, measured, frameSeconds)
  checkStep(row, measured, frameSeconds)
}

const checkColours = ({ colours = 'as painted', toleranceLevels = TOLERANCE_LEVELS }: Expected, measured: Measured) => {
  for (const [name, { colour }] of Object.entries(patches)) {
    const wanted = expectedColour(colour, colours)
    const found = measured.colours[name] ?? []
    const off = Math.max(...wanted.map((level, index) => Math.abs(level - (found[index] ?? Number.POSITIVE_INFINITY))))
    assert.ok(
      off <= toleranceLevels,
      `${name}: ${found.map(Math.round).join(' ')} instead of ${wanted.map(Math.round).join(' ')}`,
    )
  }
}

const expectedColour = (colour: readonly [number, number, number], how: Expected['colours']): readonly number[] => {
  if (how === 'tone-mapped') return toneMapped(colour)
  if (how === 'darkened') return colour.map((level) => level * SEEN_THROUGH)
  if (how !== 'grey') return colour
  const [red, green, blue] = colour
  const grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return [grey, grey, grey]
}

/** Every frame shows, sharply, what the source shows at its time. */
const checkNumbers = (row: Expected, { numbers }: Measured, frameSeconds: number) => {
  const {
    marksRate = 30,
    marksStartSeconds = 0,
    marksRepeatSeconds = Number.POSITIVE_INFINITY,
    toleranceFrames = 1,
    still: [stillFrom, stillUntil] = [0, 0],
  } = row
  const tolerance = toleranceFrames * frameSeconds + 1 / marksRate
  const wrong = numbers.flatMap((number, index) => {
    const moment = (index * frameSeconds + marksStartSeconds) % marksRepeatSeconds
    const seconds = moment > stillFrom && moment < stillUntil ? stillFrom : moment
    const isNear = number !== null && Math.abs(number / marksRate - seconds) <= tolerance + 0.001
    // At a border of two clips both are right.
    const isAtBorder = Math.min(seconds, marksRepeatSeconds - seconds) <= tolerance
    return isNear || (isAtBorder && index > 2 && number !== null) ? [] : [`frame ${index} shows ${number}`]
  })
  assert.deepEqual(wrong, [])
  if (row.framesApart !== undefined) checkRegular(numbers, row.framesApart)
}

/** None is shown twice, and none is left out, but at the beginning and at the end. */
const checkRegular = (numbers: Measured['numbers'], framesApart: number) => {
  const wrong = numbers
    .slice(3, -1)
    .filter((number, index) => (number ?? 0) - (numbers[index + 2] ?? 0) !== framesApart)
  assert.deepEqual(wrong, [], numbers.join(' '))
}

/** Flash and beep are where they were, and at the same time. */
const checkStep = (row: Expected, measured: Measured, frameSeconds: number) => {
  const { toleranceFrames = 1, flashes = flashTimes(row.seconds ?? 2), beeps = flashes } = row
  const flashSeconds = measured.flashFrames.map((frame) => frame * frameSeconds)
  assertNear('flashes', flashSeconds, flashes, toleranceFrames * frameSeconds)
  if (measured.beepSeconds.length + beeps.length === 0) return
  assertNear('beeps', measured.beepSeconds, beeps, frameSeconds)
  assertNear('beeps beside flashes', measured.beepSeconds, flashSeconds, toleranceFrames * frameSeconds)
}

const assertNear = (what: string, found: readonly number[], wanted: readonly number[], tolerance: number) => {
  const text = `${what} at ${found.map((s) => s.toFixed(3)).join(', ')} s instead of ${wanted.map((s) => s.toFixed(3)).join(', ')}`
  assert.equal(found.length, wanted.length, text)
  const off = Math.max(0, ...found.map((seconds, index) => Math.abs(seconds - (wanted[index] ?? Number.NaN))))
  assert.ok(off <= tolerance + HEARING_SECONDS, text)
}
