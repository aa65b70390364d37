import type { VideoPresetName } from '@reelway/shared/presets/catalogue.ts'

/** A source of many minutes: how ffmpeg makes it, and what is made of it. */
export type LongSource = {
  name: string
  extension: string
  preset: VideoPresetName
  argv: readonly string[]
  /** Packets of the sound at which it is cut. */
  seams: readonly number[]
}

const minutes = (count: number) => count * 60

// A little noise, for what is compared to be more than flat colour.
const picture = (rate: string, seconds: number) =>
  ['-f', 'lavfi', '-i', `testsrc2=size=192x108:rate=${rate}:duration=${seconds},noise=alls=6:allf=t`] as const
const noise = (seconds: number, rate: number) =>
  ['-f', 'lavfi', '-i', `anoisesrc=sample_rate=${rate}:duration=${seconds}:amplitude=0.3:seed=5:color=pink`] as const
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-pix_fmt', 'yuv420p'] as const
const withB = ['-c:v', 'libx264', '-preset', 'superfast', '-crf', '18', '-bf', '3', '-pix_fmt', 'yuv420p'] as const
const aac = ['-c:a', 'aac', '-b:a', '128k'] as const

export const longSources: readonly LongSource[] = [
  {
    name: '20 min, 29.97, open GOP, B-frames, 44.1 kHz',
    extension: 'mp4',
    preset: 'mp4-720p',
    argv: [
      ...[...picture('30000/1001', minutes(20)), ...noise(minutes(20), 44100), ...withB],
      ...['-g', '150', '-x264-params', 'open-gop=1', ...aac],
    ],
    seams: [11_000, 25_000, 40_001],
  },
  {
    name: '5 min, constant 30, 48 kHz',
    extension: 'mp4',
    preset: 'mp4-720p',
    argv: [...picture('30', minutes(5)), ...noise(minutes(5), 48000), ...h264, ...aac],
    seams: [3_333, 9_999],
  },
  {
    name: '6 min, variable rate with gaps of 10 s, 44.1 kHz',
    extension: 'mp4',
    preset: 'mp4-720p',
    argv: [
      ...[...picture('30', minutes(6)), ...noise(minutes(6), 44100)],
      ...['-vf', "select='lt(mod(t,60),50)*(lt(mod(t,7),5)+not(mod(n,3)))'", '-fps_mode', 'vfr', ...withB, ...aac],
    ],
    seams: [4_000, 12_345],
  },
  {
    name: '8 min, MPEG-TS from 4321 s, 25, 48 kHz',
    extension: 'ts',
    preset: 'mp4-720p',
    argv: [
      ...[...picture('25', minutes(8)), ...noise(minutes(8), 48000), ...withB, '-g', '100', '-c:a', 'mp2'],
      ...['-output_ts_offset', '4321'],
    ],
    seams: [5_001, 17_000],
  },
  {
    name: '5 min, Matroska, 24, 22.05 kHz',
    extension: 'mkv',
    preset: 'mp4-720p',
    argv: [...picture('24', minutes(5)), ...noise(minutes(5), 22050), ...withB, ...aac],
    seams: [3_000, 8_888],
  },
  {
    name: '5 min, 30, no sound',
    extension: 'mp4',
    preset: 'mp4-720p',
    argv: [...picture('30', minutes(5)), ...h264],
    seams: [],
  },
  {
    name: '5 min, 29.97, 44.1 kHz, to WebM',
    extension: 'mp4',
    preset: 'webm-720p',
    argv: [...picture('30000/1001', minutes(5)), ...noise(minutes(5), 44100), ...h264, ...aac],
    seams: [4_321, 11_111],
  },
]
