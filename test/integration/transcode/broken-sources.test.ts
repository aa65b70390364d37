import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPresetName } from '@reelway/shared/presets/catalogue.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { convertVideo } from './convert-video.ts'

const truncated: readonly (readonly [VideoName, VideoPresetName, number, number])[] = [
  ['cut-mp4', 'league', 5, 2.5],
  ['cut-mp4', 'mp4-720p', 5, 2.5],
  ['cut-matroska', 'league', 7, 3.6],
  ['cut-avi', 'league', 4, 2.5],
]

/** What is refused before anything is encoded, with the code its owner is told. */
const refused: readonly (readonly [VideoName, string])[] = [
  ['cut-moov-last', 'source_unfinished'],
  ['sound-only', 'no_picture'],
  ['cover-picture', 'no_picture'],
  ['playlist-named-mp4', 'playlist_instead'],
  ['manifest-named-mp4', 'playlist_instead'],
  ['list-named-mp4', 'playlist_instead'],
  ['session-named-mp4', 'playlist_instead'],
  ['subtitles-named-mp4', 'document_instead'],
  ['styled-subtitles-named-mp4', 'document_instead'],
  ['composition-named-mp4', 'playlist_instead'],
  ['text-named-mp4', 'document_instead'],
  ['picture-named-mp4', 'picture_instead'],
  ['moving-webp', 'picture_instead'],
  ['page-named-mp4', 'web_page_instead'],
  ['archive-named-mp4', 'archive_instead'],
  ['pdf-named-mp4', 'document_instead'],
  ['protected', 'source_encrypted'],
  ['protected-by-apple', 'source_encrypted'],
  ['noise-named-mp4', 'not_a_video'],
  ['empty', 'not_a_video'],
  ['huge-picture', 'picture_too_large'],
  ['many-streams', 'not_a_video'],
]

suite('broken and hostile sources', { concurrency: 2 }, () => {
  for (const [name, preset, announced, found] of truncated) {
    test(`${name} is refused by ${preset} as cut short after ${found} of ${announced} s`, async () => {
      await using conversion = await convertVideo(name, preset)
      const { result } = conversion
      assert.equal(result.kind === 'refused' && result.code, 'source_truncated', JSON.stringify(result))
      assert.deepEqual(result.kind === 'refused' && result.parameters, {
        announcedSeconds: announced,
        foundSeconds: found,
      })
    })
  }

  test('a recording from the air has no length to fall short of: its half is converted', async () => {
    await using conversion = await convertVideo('cut-ts', 'league')
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    assert.equal(conversion.plan?.frames.body, 55)
  })

  test('what is there of a video that is cut short is converted with a trim that ends there', async () => {
    const options = taskOptions.parse({ trim: { endSeconds: 3.6 } })
    await using conversion = await convertVideo('cut-matroska', 'mp4-720p', { options })
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    assert.equal(conversion.plan?.frames.body, 108)
  })

  test('a picture that begins late and whose end its edit list cuts off is not taken for cut short', async () => {
    await using conversion = await convertVideo('late-and-cut', 'mp4-720p')
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    assert.equal(conversion.plan?.frames.body, 54)
  })

  for (const [name, code] of refused) {
    test(`${name} is refused as ${code} within seconds, and no second file was asked for`, async () => {
      const start = performance.now()
      await using conversion = await convertVideo(name, 'league')
      assert.equal(conversion.result.kind === 'refused' && conversion.result.code, code)
      assert.equal(conversion.result.kind, 'refused')
      assert.ok(performance.now() - start < 60_000)
      assert.deepEqual(
        conversion.requestedPaths.filter((path) => path !== '/source'),
        [],
      )
    })
  }

  test('a source whose connection is cut for good half-way never becomes a short result', async () => {
    await using conversion = await convertVideo('plain', 'league', { fault: { kind: 'cut', atByte: 900_000 } })
    assert.notEqual(conversion.result.kind, 'encoded')
  })
})
