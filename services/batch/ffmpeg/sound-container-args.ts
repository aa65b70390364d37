import type { SoundPlan } from './sound-plan.ts'

/** The file around a result of sound alone. */
export const soundContainerArgs = ({ container }: Pick<SoundPlan, 'container'>): string[] => {
  switch (container.format) {
    case 'm4a':
      return ['-movflags', '+faststart', '-f', 'ipod']
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
