import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Server } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { assetFault, readAssets } from '@reelway/batch/source/read-assets.ts'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import { type LocalPlace, openLocalPlace } from '../../contract/storage-place.ts'
import { openTestDatabase } from '../../support/database.ts'
import { newAsset, newUser } from '../../support/rows.ts'

const { db } = await openTestDatabase()

/** By which Node tells of every server that listens. */
const LISTENING = 'tracing:net.server.listen:asyncEnd'

describe('the assets of a task', () => {
  let place: LocalPlace
  let userId: string
  before(async () => {
    place = await openLocalPlace()
    userId = await newUser(db)
  })
  after(() => place.close())

  const readingOf = () => {
    const options = { projectId: 'local', apiEndpoint: place.server.url, retryOptions: { autoRetry: false } }
    const bucket = new Storage(options).bucket('contract')
    return { uploads: bucket, outputs: bucket }
  }
  const read = (options: Parameters<typeof readAssets>[1]['options']) =>
    readAssets({ db, reading: readingOf() }, { userId, options })

  const storedAsset = async (content: string, kind: 'picture' | 'clip', owner = userId) => {
    const asset = await newAsset(db, owner, { kind, sizeBytes: content.length })
    const file = place.storage.bucket('contract').file(assetObjectName(asset.id))
    await file.save(content)
    const [{ generation }] = await file.getMetadata()
    const accepted = { status: 'ready', generation: String(generation) } as const
    await db.updateTable('assets').set(accepted).where('id', '=', asset.id).execute()
    return { id: asset.id, file }
  }
  const watermarkOf = (asset: string) => ({
    watermark: { asset, position: 'top' as const, opacity: 1, size: 0.1, margin: 0 },
  })

  test('are served by the options that name them, each with its kind', async () => {
    const [logo, clip] = [await storedAsset('the logo', 'picture'), await storedAsset('the clip', 'clip')]
    await using assets = await read({
      ...watermarkOf(logo.id.toUpperCase()),
      intro: { asset: clip.id },
      outro: { asset: clip.id },
    })
    const texts = Object.fromEntries(
      await Promise.all(
        Object.entries(assets.served).map(async ([option, { kind, source }]) => [
          option,
          [kind, await (await fetch(source.url)).text()],
        ]),
      ),
    )
    assert.deepEqual(texts, {
      watermark: ['picture', 'the logo'],
      intro: ['clip', 'the clip'],
      outro: ['clip', 'the clip'],
    })
    assert.equal(assetFault(assets), undefined)
  })

  test('are none where none is named', async () => {
    await using assets = await read({ rotate: 90 })
    assert.deepEqual([assets.served, assets.missing, assetFault(assets)], [{}, [], undefined])
  })

  test('that are gone, or not hers, are named as missing', async () => {
    const foreign = await storedAsset('not hers', 'picture', await newUser(db))
    for (const id of [foreign.id, randomUUID()]) {
      await using assets = await read(watermarkOf(id))
      assert.deepEqual(assetFault(assets), {
        kind: 'refused',
        code: 'asset_missing',
        parameters: { option: 'watermark' },
      })
    }
  })

  test('whose object was deleted are missing when they are read, and not when the storage fails', async () => {
    const [gone, unread] = [await storedAsset('gone', 'clip'), await storedAsset('unread', 'clip')]
    await gone.file.delete()
    await using assets = await read({ intro: { asset: gone.id } })
    await assert.rejects(fetch(assets.served.intro?.source.url ?? '').then((answer) => answer.text()))
    assert.deepEqual(assetFault(assets), { kind: 'refused', code: 'asset_missing', parameters: { option: 'intro' } })

    await using failing = await read({ outro: { asset: unread.id } })
    place.server.faults.add({ match: { api: 'media' }, times: 100, action: { kind: 'status', status: 403 } })
    await assert.rejects(fetch(failing.served.outro?.source.url ?? '').then((answer) => answer.text()))
    place.server.faults.clear()
    const fault = assetFault(failing)
    assert.deepEqual([fault?.kind, fault?.code], ['failed', 'source_unreachable'])
  })

  test('leave no server behind when the last of them cannot be served', async () => {
    const [logo, clip] = [await storedAsset('the logo', 'picture'), await storedAsset('the clip', 'clip')]
    const { uploads, outputs } = readingOf()
    const fileOf = uploads.file.bind(uploads)
    uploads.file = (name, options) => {
      if (name === logo.file.name) throw new Error('no such luck')
      return fileOf(name, options)
    }
    const servers: Server[] = []
    const onListening = (message: unknown) => {
      if (message instanceof Object && 'server' in message && message.server instanceof Server) {
        servers.push(message.server)
      }
    }
    subscribe(LISTENING, onListening)
    const options = { ...watermarkOf(logo.id), intro: { asset: clip.id } }
    await assert.rejects(readAssets({ db, reading: { uploads, outputs } }, { userId, options }), /no such luck/)
    unsubscribe(LISTENING, onListening)
    assert.deepEqual(
      servers.map(({ listening }) => listening),
      [false],
    )
  })

  test('are not served any more when they are disposed of', async () => {
    const logo = await storedAsset('the logo', 'picture')
    const assets = await read(watermarkOf(logo.id))
    const url = assets.served.watermark?.source.url ?? ''
    await assets[Symbol.asyncDispose]()
    await assert.rejects(fetch(url))
  })
})
