import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssetResource } from '@reelway/web/assets/asset-schema.ts'
import {
  assetOf,
  dropAsset,
  noAssets,
  putAnswer,
  putAsset,
  putFirstPage,
  putNextPage,
} from '../../../../../services/web/page/assets/known-assets.ts'

const asset = (id: string, status: AssetResource['status'] = 'ready'): AssetResource => ({
  ...{ id, status, kind: 'picture', fileName: `${id}.png`, contentType: 'image/png', sizeBytes: 1 },
  ...{ error: null, url: null, expiresAt: null, createdAt: '2026-11-01T00:00:00.000Z' },
})
const page = (ids: string[], ...others: AssetResource[]) => ({
  data: [...ids.map((id) => asset(id)), ...others],
  nextCursor: 'next',
})
const nothing = new Map<string, AssetResource | null>()

test('an asset that is not in the list is not said to be gone, until the API says so', () => {
  const known = putFirstPage(noAssets, page(['new']), nothing)
  assert.equal(assetOf(known, 'old'), undefined)
  assert.equal(assetOf(putAnswer(known, 'old', asset('old')), 'old')?.fileName, 'old.png')
  assert.equal(assetOf(putAnswer(known, 'old', null), 'old'), null)
})

test('a new asset does not pass for the whole list when that could not be loaded, and is known', () => {
  const known = putAsset(noAssets, asset('new'))
  assert.equal(known.listed, undefined)
  assert.equal(assetOf(known, 'new')?.fileName, 'new.png')
})

test('what was added and deleted while the list was asked for is as it is now, whatever the answer says', () => {
  const changed = new Map([
    ['added', asset('added')],
    ['deleted', null],
  ])
  const before = dropAsset(putAsset(noAssets, asset('added')), 'deleted')
  const known = putFirstPage(before, page(['deleted', 'kept'], asset('waits', 'awaiting_upload')), changed)
  assert.deepEqual(
    known.listed?.map(({ id }) => id),
    ['added', 'kept'],
  )
  assert.equal(assetOf(known, 'deleted'), null)
})

test('a deleted asset leaves the list, and is gone', () => {
  const known = dropAsset(putFirstPage(noAssets, page(['one', 'other']), nothing), 'one')
  assert.deepEqual(
    known.listed?.map(({ id }) => id),
    ['other'],
  )
  assert.equal(assetOf(known, 'one'), null)
})

test('the next page follows what is listed, without what was deleted meanwhile, and once', () => {
  const first = dropAsset(putFirstPage(noAssets, page(['new', 'middle']), nothing), 'deleted')
  const asked = putAnswer(first, 'asked', asset('asked'))
  const known = putNextPage(asked, {
    data: ['middle', 'deleted', 'asked', 'old'].map((id) => asset(id)),
    nextCursor: null,
  })
  assert.deepEqual(
    known.listed?.map(({ id }) => id),
    ['new', 'middle', 'asked', 'old'],
  )
  assert.equal(known.nextCursor, null)
})
