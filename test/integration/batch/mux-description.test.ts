import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { metadataArgs } from '@reelway/batch/ffmpeg/metadata-args.ts'
import { descriptionOf } from '@reelway/batch/mux/description-of.ts'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { saidBy } from '../../support/said-by.ts'
import { aPlan } from '../../unit/batch/plan/a-plan.ts'
import { aac, canvas, h264, opus, pictureInput, soundInput, vp9 } from './mux-clips.ts'
import { type MuxPlace, openMuxPlace } from './mux-place.ts'

const SAMPLES = 96_000

/** A plan that keeps everything there is to keep. */
const talkative = (preset: VideoPreset) => ({
  ...aPlan(2, {}, { preset }),
  metadata: {
    tags: [
      { name: 'title' as const, value: 'Über „Wälder“ \u{1f332}' },
      { name: 'creationTime' as const, value: '2024-05-06T07:08:09.000Z' },
      { name: 'make' as const, value: 'Acme' },
      { name: 'location' as const, value: '+48.8577+002.2950/' },
      { name: 'comment' as const, value: 'a=b; c' },
    ],
    soundLanguage: 'fra',
  },
})

describe('what a joined result says of itself', () => {
  let place: MuxPlace
  before(async () => {
    place = await openMuxPlace()
  })
  after(() => place.close())

  const joined = async (preset: VideoPreset, picture: PartObject, sound: PartObject) => {
    const plan = talkative(preset)
    const container = plan.container.format
    const request = { container, canvas, frameRate: { num: 25, den: 1 }, picture: [picture], sound: [sound] }
    await place.joinInto(`silent.${container}`, { ...request, soundSamples: SAMPLES })
    await place.joinInto(`joined.${container}`, { ...request, soundSamples: SAMPLES, description: descriptionOf(plan) })
    // What ffmpeg itself makes of the same words.
    const movflags = container === 'mp4' ? ['-movflags', '+use_metadata_tags'] : []
    const copied = ['-i', place.pathOf(`silent.${container}`), '-c', 'copy', ...metadataArgs(plan), ...movflags]
    await place.ffmpeg(...copied, place.pathOf(`expected.${container}`))
    const { ffprobe } = await findBinaries({ searchPath: process.env.PATH })
    const [silent, found, expected] = await Promise.all(
      ['silent', 'joined', 'expected'].map((name) => saidBy(ffprobe, place.pathOf(`${name}.${container}`))),
    )
    assert.deepEqual([silent?.whole, silent?.tracks], [{}, [{}, {}]])
    assert.equal(found?.whole.title, 'Über „Wälder“ \u{1f332}')
    assert.deepEqual([found?.whole, found?.tracks], [expected?.whole, expected?.tracks])
  }

  test('an mp4 says what ffmpeg would have it say', async () => {
    const picture = await place.makePart('p.mp4', [...pictureInput('25', 0, 50), ...h264(25_000)], 50)
    await joined(mp4720p, picture, await place.makePart('aac.mp4', [...soundInput(SAMPLES), ...aac], 95))
  })

  test('a webm says what ffmpeg would have it say', async () => {
    const picture = await place.makePart('vp9.mp4', [...pictureInput('25', 0, 50), ...vp9(25_000)], 50)
    await joined(webm720p, picture, await place.makePart('opus.mp4', [...soundInput(SAMPLES), ...opus], 101))
  })
})
