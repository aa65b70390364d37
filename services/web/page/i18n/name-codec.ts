/** What people call a codec that ffmpeg, WebCodecs or our presets name. */
const NAMES: Readonly<Record<string, string>> = {
  h264: 'H.264',
  avc: 'H.264',
  hevc: 'HEVC',
  mpeg1video: 'MPEG-1',
  mpeg2video: 'MPEG-2',
  mpeg4: 'MPEG-4',
  msmpeg4v3: 'DivX 3',
  mjpeg: 'Motion JPEG',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  theora: 'Theora',
  webp: 'WebP',
  apng: 'APNG',
  opus: 'Opus',
  vorbis: 'Vorbis',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
  speex: 'Speex',
  amr_nb: 'AMR',
  amr_wb: 'AMR-WB',
  truehd: 'TrueHD',
  wavpack: 'WavPack',
}

/** The name of a codec as people know it: h264 is H.264; what is not listed is an abbreviation: vp9 is VP9. */
export const nameCodec = (codec: string): string =>
  NAMES[codec] ??
  (codec.startsWith('pcm')
    ? 'PCM'
    : codec
        .replace(/^wma.*/, 'wma')
        .replace(/^adpcm.*/, 'adpcm')
        .replace(/^gsm.*/, 'gsm')
        .replace(/^wmv.*/, 'wmv')
        .toUpperCase())
