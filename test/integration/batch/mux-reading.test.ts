import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { type JoinRequest, joinParts } from '@reelway/batch/mux/join-parts.ts'
import { storeStream } from '@reelway/batch/store.ts'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { aac, canvas, h264, pictureInput, soundInput } from './mux-clips.ts'
import { type MuxPlace, never, openMuxPlace } from './mux-place.ts'

describe('reading the parts of a join', () => {
  let place: MuxPlace
  let request: JoinRequest
  let expected: Buffer
  before(async () => {
    place = await openMuxPlace()
    const makePicture = (name: string, start: number, end: number, ...flags: string[]) =>
      place.makePart(name, [...pictureInput('24', start, end), ...h264(24_000), '-crf', '1', ...flags], end - start)
    request = {
      container: 'mp4',
      frameRate: { num: 24, den: 1 },
      canvas,
      picture: [await makePicture('p0.mp4', 0, 40), await makePicture('p40.mp4', 40, 72, '-movflags', '0')],
      sound: [await place.makePart('aac.mp4', [...soundInput(144_000), ...aac], 142)],
      soundSamples: 144_000,
    }
    expected = await place.joinInto('joined.mp4', request)
  })
  after(() => place.close())
  afterEach(() => place.storage.server.faults.clear())

  const served = (name: string) => place.storage.server.faults.served('contract', name)

  test('a part is read once for its samples, and for its tables once, or twice when they come last', async () => {
    const names = [...request.picture, ...request.sound].map(({ objectName }) => objectName)
    const before = names.map(served)
    await place.joinInto('counted.mp4', request)
    for (const [index, { objectName, sizeBytes }] of [...request.picture, ...request.sound].entries()) {
      const { bytes, requests } = served(objectName)
      assert.equal(requests - (before[index]?.requests ?? 0), objectName === 'p40.mp4' ? 3 : 2, objectName)
      assert.ok(bytes - (before[index]?.bytes ?? 0) <= sizeBytes + 3 * 65_536)
    }
  })

  test('reads that break are resumed, and the result is the same', async () => {
    const { faults } = place.storage.server
    faults.add({ match: { api: 'media' }, action: { kind: 'status', status: 503 } })
    faults.add({ match: { api: 'media', object: /p40/ }, action: { kind: 'cut', afterBytes: 1_000 } })
    faults.add({ match: { api: 'media', object: /p40/ }, action: { kind: 'truncate', afterBytes: 70_001 } })
    assert.ok(expected.equals(await place.joinInto('resumed.mp4', request)))
  })

  test('it is stored while it is made, and begun anew when the storage breaks off', async () => {
    const outputs = place.storage.storage.bucket('contract')
    place.storage.server.faults.add({ match: { api: 'upload' }, action: { kind: 'cut', afterBytes: 100_000 } })
    const joined = await joinParts(place.reading, request, never)
    const target = { sizeBytes: joined.sizeBytes, objectName: 'outputs/joined', contentType: 'video/mp4' }
    const facts = await storeStream(outputs, { ...target, stream: joined.stream }, never)
    assert.equal(facts.sizeBytes, expected.length)
    assert.ok(expected.equals((await outputs.file('outputs/joined').download())[0]))
  })

  test('a part that cannot be read is a failure that passes', async () => {
    const gone = { ...request, picture: request.picture.map((part) => ({ ...part, generation: '1' })) }
    await assert.rejects(joinParts(place.reading, gone, never), (error: unknown) => {
      assert.ok(error instanceof ReelwayError)
      assert.equal(error.code, 'result_not_stored')
      assert.equal(error.kind, 'transient')
      assert.ok(error.cause instanceof Error)
      return true
    })
  })

  test('an abort ends the reading with its reason, of tables and of samples', async () => {
    const reason = new Error('the lease was lost')
    const abort = new AbortController()
    const joined = await joinParts(place.reading, request, abort.signal)
    const stall = { kind: 'stall', ms: 60_000, afterBytes: 10 } as const
    place.storage.server.faults.add({ match: { api: 'media', object: /p40/ }, times: 2, action: stall })
    const ends = [
      assert.rejects(joinParts(place.reading, request, abort.signal), (error) => error === reason),
      assert.rejects(Array.fromAsync(joined.stream()), (error) => error === reason),
    ]
    setTimeout(() => abort.abort(reason), 200)
    await Promise.all(ends)
  })
})
