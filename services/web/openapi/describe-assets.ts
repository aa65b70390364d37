import { z } from 'zod'
import { assetListSchema, assetSchema, createdAssetSchema } from '../assets/asset-schema.ts'
import { newAsset } from '../assets/create-asset.ts'
import { assetListQuery } from '../assets/list-assets.ts'
import { uploadSchema } from '../uploads/upload-schema.ts'
import { exampleAsset, exampleNewAsset, exampleUpload, exampleWaitingAsset } from './example-values.ts'
import type { Operation } from './operation.ts'
import { repeatable } from './request-headers.ts'

const path = z.object({ assetId: z.uuid().describe('The "id" of the asset.') })

/** The routes of assets, by method and path. */
export const assetOperations: Record<string, Operation> = {
  'GET /api/assets': {
    id: 'listAssets',
    tag: 'Assets',
    summary: 'Your pictures and clips, page by page',
    caller: 'user',
    query: assetListQuery,
    answers: {
      200: {
        description: 'A page of them.',
        headers: ['Link'],
        schema: assetListSchema,
        examples: { 'the only page': { data: [exampleAsset], nextCursor: null } },
      },
    },
    errors: ['storage_unavailable'],
  },
  'POST /api/assets': {
    id: 'createAsset',
    tag: 'Assets',
    summary: 'Make an asset, to be uploaded',
    description:
      'A picture (png, jpeg, webp; 20 MiB at most) or a clip (2 GiB at most) of your own. Tasks can name it when its file is there.',
    caller: 'user',
    header: repeatable,
    body: { schema: newAsset, examples: { picture: exampleNewAsset } },
    answers: {
      201: {
        description: 'The asset, and how to upload its file.',
        headers: ['Location', 'Idempotent-Replayed'],
        schema: createdAssetSchema,
        examples: { picture: { asset: exampleWaitingAsset, upload: exampleUpload } },
      },
    },
    errors: ['unsupported_file_type', 'file_too_large', 'idempotency_key_reused', 'storage_unavailable'],
  },
  'GET /api/assets/:assetId': {
    id: 'getAsset',
    tag: 'Assets',
    summary: 'An asset, with a download URL',
    caller: 'user',
    path,
    answers: { 200: { description: 'The asset.', schema: assetSchema, examples: { ready: exampleAsset } } },
    errors: ['asset_not_found', 'storage_unavailable'],
  },
  'DELETE /api/assets/:assetId': {
    id: 'deleteAsset',
    tag: 'Assets',
    summary: 'Remove an asset',
    description: 'What is being converted with it is finished.',
    caller: 'user',
    path,
    answers: { 204: { description: 'Removed.' } },
    errors: ['asset_not_found'],
  },
  'POST /api/assets/:assetId/upload-url': {
    id: 'renewAssetUploadUrl',
    tag: 'Assets',
    summary: 'A new upload URL',
    description: 'As long as its file is not there.',
    caller: 'user',
    path,
    answers: {
      200: { description: 'How to upload its file.', schema: uploadSchema, examples: { upload: exampleUpload } },
    },
    errors: ['asset_not_found', 'asset_state_conflict', 'storage_unavailable'],
  },
  'POST /api/assets/:assetId/uploaded': {
    id: 'assetUploaded',
    tag: 'Assets',
    summary: 'Say that its file is there',
    description: 'Repeating it changes nothing.',
    caller: 'user',
    path,
    answers: { 200: { description: 'Tasks can name it now.', schema: assetSchema, examples: { ready: exampleAsset } } },
    errors: [
      'asset_not_found',
      'upload_missing',
      'upload_size_mismatch',
      'upload_checksum_mismatch',
      'storage_unavailable',
    ],
  },
}
