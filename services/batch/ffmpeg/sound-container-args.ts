import type { SoundPlan } from './sound-plan.ts'

/** The file around a result of sound alone. */
export const soundContainerArgs = ({
  container,
  sampleRateHz,
}: Pick<SoundPlan, 'container' | 'sampleRateHz'>): string[] => {
  switch (container.format) {
    case 'm4a':
      // Its edit list says where it begins and ends, to the sample and not to the millisecond.
      return ['-movflags', '+faststart', '-movie_timescale', String(sampleRateHz), '-f', 'ipod']
    case 'mp3':
      // What old players read of tags: they know no 2.4.
      return ['-id3v2_version', '3', '-f', 'mp3']
    case 'ogg':
      return ['-f', 'ogg']
    case 'flac':
      return ['-f', 'flac']
    default:
      return container.format satisfies never
  }
}
