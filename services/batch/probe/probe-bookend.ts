import type { Failed, Refused } from '../refusal.ts'
import type { AssetFacts } from './asset-facts.ts'
import { type AssetRequest, assetUnusable } from './asset-unusable.ts'
import { checkClip } from './check-clip.ts'
import { isUnseen } from './is-unseen.ts'
import { probeSource } from './probe.ts'
import { probePicture } from './probe-picture.ts'

/** The longest clip that is shown without being told for how long. */
const LONGEST_SECONDS = 60

/**
 * Finds out what is to be known of a picture or clip for an intro or outro, of which `seconds` are to be shown at most (undefined: all),
 * and that it can be used: what it is says its content, whatever it was announced as. A refusal or a failure may also be due to reads that broke off: the caller knows, from its
 * own record of them. An abort throws the signal's reason.
 */
export const probeBookend = async (
  request: AssetRequest,
  seconds: number | undefined,
): Promise<{ kind: 'probed'; facts: AssetFacts } | Refused | Failed> => {
  const { option } = request
  const picture = await probePicture(request)
  if (picture.kind !== 'no-picture') return picture
  const probed = await probeSource(request.binaries, request.url, request.signal)
  if (probed.kind === 'failed') return probed
  if (probed.kind === 'refused') return assetUnusable(option, REASONS[probed.code] ?? 'it cannot be read')
  const { video } = probed.facts
  if (video === null) return assetUnusable(option, NO_PICTURE)
  if (isUnseen(video)) return assetUnusable(option, UNSEEN)
  const { endSeconds } = video
  if (seconds === undefined && endSeconds > LONGEST_SECONDS) {
    const reason = `it is longer than ${LONGEST_SECONDS} s, and the option does not say how many of them are to be shown`
    return assetUnusable(option, reason)
  }
  const source = { ...probed.facts, video }
  const bad = await checkClip(request, source, Math.min(endSeconds, seconds ?? LONGEST_SECONDS))
  return bad ?? { kind: 'probed', facts: { kind: 'clip', source } }
}

const NO_PICTURE = 'it has no moving picture'
const UNSEEN = 'its colours are only in Dolby Vision, which cannot be converted'

const UNREADABLE = 'it is neither a picture nor a video that can be read'

const REASONS: Partial<Record<Refused['code'], string>> = {
  not_a_video: UNREADABLE,
  web_page_instead: UNREADABLE,
  playlist_instead: UNREADABLE,
  archive_instead: UNREADABLE,
  document_instead: UNREADABLE,
  picture_instead: UNREADABLE,
  source_unfinished: 'its end is missing',
  source_encrypted: 'it is protected against copying (DRM)',
  no_picture: NO_PICTURE,
  picture_too_large: 'its picture is too large',
}
