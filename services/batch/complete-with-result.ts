import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { Previews } from '@reelway/shared/previews.ts'
import type { ObjectFacts } from '@reelway/shared/storage/object-facts.ts'
import { completeWithOutputs } from './complete-with-outputs.ts'
import type { Dependencies } from './dependencies.ts'
import type { HeldLease } from './lease.ts'

/** A verified result in the outputs bucket. */
type Result = {
  preset: Preset
  objectName: string
  stored: ObjectFacts
  /** null: there is no picture */
  width: number | null
  height: number | null
  /** null: a still picture */
  durationSeconds: number | null
  /** the length of the source, as far as it was used */
  sourceSeconds: number
  /** its packets are those of the source; where in the source they begin, when that is not where it was asked to */
  copied?: { startsAtSeconds: number | null }
  previews: Previews | null
  /** how long the encoders worked, all together */
  encodeSeconds: number
  /** how many parts it was joined from */
  parts?: number
}

/** Completes a task with its one result, as completeWithOutputs does. */
export const completeWithResult = async (
  deps: Dependencies,
  held: HeldLease,
  {
    preset,
    objectName,
    stored,
    width,
    height,
    durationSeconds,
    sourceSeconds,
    encodeSeconds,
    parts = 1,
    copied,
    previews,
  }: Result,
): Promise<{ kind: 'completed' } | { kind: 'superseded' }> => {
  const output = {
    name: outputName(preset),
    objectName,
    generation: stored.generation,
    contentType: preset.container.contentType,
    sizeBytes: stored.sizeBytes,
    crc32c: stored.crc32c,
    width,
    height,
    durationSeconds,
    copied: copied !== undefined,
    startsAtSeconds: copied?.startsAtSeconds ?? null,
    encoder: deps.binaries.version,
  }
  return await completeWithOutputs(
    deps,
    held,
    { outputs: [output], previews },
    {
      presetName: preset.name,
      outputSeconds: durationSeconds,
      sourceSeconds,
      encodeSeconds,
      parts,
      copied: copied !== undefined,
    },
  )
}

const outputName = ({ container, still, video }: Preset): string => {
  if (video === null) return 'sound'
  if (still !== null) return 'picture'
  return container.contentType.startsWith('image/') ? 'animation' : 'video'
}
