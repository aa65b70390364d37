import { join } from 'node:path'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { soundArgs } from '@reelway/batch/ffmpeg/sound-args.ts'
import type { SoundPlan } from '@reelway/batch/ffmpeg/sound-plan.ts'
import { planSoundAlone } from '@reelway/batch/plan/plan-sound-alone.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import type { SoundPreset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../support/serve-file.ts'
import { makeVideo } from '../videos/make-video.ts'
import { readByHand } from './hand-args.ts'
import { reportPairs } from './report-pairs.ts'
import { type Timing, timedFfmpeg } from './timed-ffmpeg.ts'

/** A preset of sound alone, on two minutes of stereo noise: time, processor time and peak memory against what somebody would type. */
export const benchSoundPreset = async (
  binaries: Binaries,
  directory: string,
  rounds: number,
  preset: SoundPreset,
): Promise<void> => {
  const sourcePath = await makeVideo('bench-sound')
  await using source = await serveFile(sourcePath)
  const probed = await probeSource(binaries, source.url, new AbortController().signal)
  if (probed.kind !== 'probed') throw new Error(`the source was not probed: ${probed.code}`)
  const planned = planSoundAlone(
    probed.facts,
    preset,
    {},
    { soundBudgetSeconds: 3600, outputLimitBytes: 2e9, sourceBytes: 1 },
  )
  if (planned.kind !== 'planned') throw new Error(`there is no plan: ${planned.code}`)
  const path = (name: string) => join(directory, `${name}.${preset.container.extension}`)
  const files = { sourceUrl: source.url, outputPath: path('ours'), outputLimitBytes: 2_000_000_000 }
  const pairs: { ours: Timing; peer: Timing }[] = []
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({
      ours: await timedFfmpeg(binaries.ffmpeg, soundArgs(planned.plan, files)),
      peer: await timedFfmpeg(binaries.ffmpeg, soundByHand(planned.plan, sourcePath, path('hand'))),
    })
  }
  reportPairs(preset.name, pairs)
}

const soundByHand = ({ encoder, sampleRateHz }: SoundPlan, sourcePath: string, outputPath: string): string[] => [
  ...[...readByHand({ sourcePath, threads: 1 }), '-vn', '-ar', String(sampleRateHz)],
  ...encoderByHand(encoder),
  outputPath,
]

const encoderByHand = (encoder: SoundPlan['encoder']): string[] => {
  switch (encoder.codec) {
    case 'mp3':
      return ['-c:a', 'libmp3lame', '-q:a', String(encoder.variableRate)]
    case 'flac':
      return ['-c:a', 'flac', '-compression_level', String(encoder.compressionLevel)]
    default:
      return ['-c:a', encoder.codec === 'aac' ? 'aac' : 'libopus', '-b:a', String(encoder.bitsPerSecond)]
  }
}
