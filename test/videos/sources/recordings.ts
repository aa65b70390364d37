import { derived, type Recipe } from '../recipe.ts'

const made = (extension: string, ...codec: string[]) => derived(extension, 'recording-wav', '-c:a', ...codec)
const speech = (band: 'narrow' | 'wide'): Recipe => ({ kind: 'speech', extension: 'amr', band, seconds: 2 })
const telephone = ['-ar', '8000', '-ac', '1'] as const
// Encoders that ffmpeg calls experimental.
const trial = ['-strict', '-2'] as const

/** Recordings as programs and devices make them: by every codec that people have, in what it is found in. */
export const recordingRecipes = {
  'amr-narrow': speech('narrow'),
  'amr-wide': speech('wide'),
  'amr-3gp': derived('3gp', 'amr-narrow', '-c', 'copy'),
  'amr-wide-3gp': derived('3gp', 'amr-wide', '-c', 'copy'),
  'wma-2': made('wma', 'wmav2'),
  'wma-1': made('wma', 'wmav1'),
  'ac3-bare': made('ac3', 'ac3'),
  'eac3-bare': made('eac3', 'eac3'),
  'dts-mka': made('mka', 'dca', ...trial),
  'truehd-mka': made('mka', 'truehd', ...trial),
  'mp2-bare': made('mp2', 'mp2'),
  'vorbis-weba': derived('weba', 'recording-wav', '-c:a', 'libvorbis', '-f', 'webm'),
  'opus-mka': made('mka', 'libopus'),
  'speex-spx': derived('spx', 'recording-wav', '-c:a', 'libspeex', '-ar', '16000', '-ac', '1', '-f', 'ogg'),
  'alac-m4a': made('m4a', 'alac'),
  'alac-caf': made('caf', 'alac'),
  'aac-m4b': derived('m4b', 'recording-wav', '-c:a', 'aac', '-f', 'ipod'),
  'wavpack-wv': made('wv', 'wavpack'),
  'pcm-u8': made('wav', 'pcm_u8'),
  'pcm-24': made('wav', 'pcm_s24le'),
  'pcm-32': made('wav', 'pcm_s32le'),
  'pcm-float': made('wav', 'pcm_f32le'),
  'pcm-double': made('wav', 'pcm_f64le'),
  'pcm-caf': made('caf', 'pcm_s16be'),
  'pcm-mov': made('mov', 'pcm_s24be'),
  'mu-law': made('wav', 'pcm_mulaw', ...telephone),
  'a-law': made('wav', 'pcm_alaw', ...telephone),
  'adpcm-ms': made('wav', 'adpcm_ms'),
  'adpcm-ima': made('wav', 'adpcm_ima_wav'),
  'adpcm-qt': made('mov', 'adpcm_ima_qt'),
  'gsm-wav': made('wav', 'libgsm_ms', ...telephone),
  'g722-wav': made('wav', 'g722', '-ar', '16000', '-ac', '1'),
} as const satisfies Record<string, Recipe>

export type RecordingName = keyof typeof recordingRecipes
