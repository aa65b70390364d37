import { listAssets as selectAssets } from '@reelway/shared/db/assets/list.ts'
import { parseInput } from '@reelway/shared/errors/invalid-input.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { linkToNext } from '../lists/link-to-next.ts'
import { pageOf } from '../lists/page-of.ts'
import { pageQuery } from '../lists/page-query.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { toAssetResource } from './asset-resource.ts'
import type { assetListSchema } from './asset-schema.ts'

export const assetListQuery = z.strictObject(pageQuery)

/** GET /api/assets: a page of the user's pictures and clips, and the cursor of the next one (null at the end), also as a Link. */
export const listAssets =
  ({ db }: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const { limit, cursor, order } = parseInput(assetListQuery, request.query)
    const { page, nextCursor } = pageOf(await selectAssets(db, userId, { limit, order, after: cursor }), limit)
    const data = await Promise.all(page.map((asset) => toAssetResource(asset, sign)))
    linkToNext(request, response, nextCursor)
    response
      .set('cache-control', 'private, no-cache')
      .json({ data, nextCursor } satisfies z.infer<typeof assetListSchema>)
  }
