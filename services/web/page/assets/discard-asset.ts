import type { AssetResource } from '../../assets/asset-schema.ts'
import { answerCall } from '../upload/answer-call.ts'
import { callPatiently } from '../upload/call-patiently.ts'
import type { ApiAnswer } from '../upload/upload-api.ts'

/**
 * Deletes an asset that is not wanted any more. It may have been made though its answer never came (null): asking for it again by `create` tells.
 * What fails is left: an asset that waits for its upload expires by itself.
 */
export const discardAsset = async (
  assetId: string | null,
  create: (until: AbortSignal) => Promise<ApiAnswer<{ asset: Pick<AssetResource, 'id'> }>>,
): Promise<void> => {
  const { signal } = new AbortController()
  const id = assetId ?? (await idOf(create, signal))
  if (id === null) return
  await callPatiently(() => answerCall({ method: 'DELETE', path: `/api/assets/${id}`, keepalive: true }), signal)
}

const idOf = async (create: Parameters<typeof discardAsset>[1], signal: AbortSignal): Promise<string | null> => {
  const answer = await callPatiently(() => create(signal), signal)
  return answer.kind === 'ok' ? answer.value.asset.id : null
}
