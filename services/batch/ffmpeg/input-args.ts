import { decoderArgs } from './decoder-args.ts'
import type { EncodePlan, PlanSource } from './encode-plan.ts'
import { ownPictureInput, untrustedInput, untrustedPicture } from './hardening.ts'

/** What a run may read. */
export type InputName = 'source' | 'intro' | 'outro' | 'watermark'

/** What serves what a plan uses of the user's own, by the option that names it. */
export type AssetUrls = Partial<Record<Exclude<InputName, 'source'>, string>>

/** Where a run reads: URLs on loopback of the source and of what the plan uses of the user's own, and the path of our logo. */
export type InputFiles = {
  sourceUrl: string
  assetUrls?: AssetUrls
  logoPath: string
}

/** What the whole reads, in the order of its argv: graphs name an input by its place here. */
export const wholeInputs = ({ bookends, watermark }: EncodePlan): InputName[] => {
  const inputs: InputName[] = ['source']
  if (bookends.intro !== null) inputs.push('intro')
  if (bookends.outro !== null) inputs.push('outro')
  if (watermark !== null) inputs.push('watermark')
  return inputs
}

/** One input but the source, with the options in front of it. */
export const assetInput = (
  { bookends }: EncodePlan,
  name: Exclude<InputName, 'source'>,
  { assetUrls, logoPath }: InputFiles,
  threads: string,
): string[] => {
  const bookend = name === 'watermark' ? null : bookends[name]
  if (bookend?.kind === 'logo') return [...ownPictureInput, '-i', `file:${logoPath}`]
  const url = assetUrls?.[name]
  if (url === undefined) throw new Error(`a plan has something of the user's for ${name}, and nothing serves it`)
  if (bookend?.kind !== 'clip') return [...untrustedPicture, '-i', url]
  return [
    ...clipInput(bookend.source, threads),
    ...(bookend.source.readSeconds === null ? [] : ['-t', String(bookend.source.readSeconds)]),
    ...['-i', url],
  ]
}

/** The options in front of an untrusted video whose picture is used. */
export const clipInput = (source: PlanSource, threads: string): string[] => [
  ...untrustedInput,
  // A source that changes its size half-way would restart the graph and its count of frames; scale copes by itself.
  ...['-reinit_filter:v', '0'],
  ...decoderArgs(source, threads),
]
