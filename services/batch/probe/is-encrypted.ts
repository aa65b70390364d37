import type { ProbeReport } from './probe-report.ts'

/** Whether a source is protected against copying, by what ffprobe found in it, and said on stderr. */
export const isEncrypted = ({ streams, packets }: ProbeReport, stderrText: string): boolean =>
  packets.some((packet) => packet.side_data_list.some(({ side_data_type }) => side_data_type === 'Encryption info')) ||
  streams.some(({ codec_tag_string }) => FAIRPLAY_TAGS.has(codec_tag_string ?? '')) ||
  // Of a wmv.
  /DRM protected stream detected/.test(stderrText)

const FAIRPLAY_TAGS: ReadonlySet<string> = new Set(['drmi', 'drms'])
