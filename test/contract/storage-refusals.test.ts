import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

describe('the local Cloud Storage', () => {
  let place: LocalPlace
  before(async () => {
    place = await openLocalPlace()
  })
  after(() => place.close())

  const sign = async (name: string, action: 'read' | 'write', more = {}): Promise<string> => {
    const file = place.storage.bucket('contract').file(name)
    return (await file.getSignedUrl({ version: 'v4', action, expires: Date.now() + 60_000, ...more }))[0]
  }

  it('sends every header of an object as UTF-8', async () => {
    const file = place.storage.bucket('contract').file('described')
    const contentType = 'video/x; title="ü 🎬"'
    await file.save('x', { resumable: false, contentType, preconditionOpts: { ifGenerationMatch: 0 } })
    const url = await sign('described', 'read', { responseDisposition: 'attachment; filename="ü 🎬.mp4"' })
    const response = await fetch(url)
    assert.equal(response.status, 200)
    const header = (name: string) => Buffer.from(response.headers.get(name) ?? '', 'latin1').toString()
    assert.equal(header('content-type'), contentType)
    assert.equal(header('content-disposition'), 'attachment; filename="ü 🎬.mp4"')
  })
})
