import { ownResultInput, untrustedInput, untrustedPicture } from './hardening.ts'
import { sourceTagNames } from './source-tag-names.ts'

// Vorbis comments, of FLAC and Ogg, are named in capitals.
const TAG_NAMES = [...new Set(Object.values(sourceTagNames).flat())].flatMap((name) => [name, name.toUpperCase()])

const FORMAT_ENTRIES = 'format=format_name,start_time,duration'

// Named one by one: tags are free text of any size, and only the one that Matroska keeps durations in is wanted.
const SOURCE_ENTRIES = [
  `${FORMAT_ENTRIES},size`,
  'stream=index,codec_type,codec_name,codec_tag_string,profile,level,bit_rate,width,height,sample_aspect_ratio,pix_fmt,field_order,avg_frame_rate,r_frame_rate,start_time,duration,nb_frames,color_range,color_space,color_transfer,color_primaries,sample_rate,channels,bits_per_sample,bits_per_raw_sample',
  'stream_disposition=default,attached_pic,timed_thumbnails',
  // Ogg has no others than those of its streams.
  `stream_tags=${['DURATION,DURATION-eng,language,alpha_mode,ALPHA_MODE', ...TAG_NAMES].join(',')}`,
  `format_tags=${TAG_NAMES.join(',')}`,
  'stream_side_data=rotation,max_content,max_luminance,dv_profile,dv_bl_signal_compatibility_id',
  // Only packets tell that they are encrypted: their codec is called by its own name.
  'packet_side_data=side_data_type',
].join(':')

const RESULT_ENTRIES = [
  FORMAT_ENTRIES,
  'stream=codec_type,codec_name,width,height,sample_aspect_ratio,pix_fmt,sample_rate,channels,start_time,duration,nb_read_packets',
  'stream_tags=DURATION',
].join(':')

/** The argv of ffprobe that lists what an untrusted source says about itself, as JSON. */
export const sourceProbeArgs = (sourceUrl: string): string[] => [
  // A warning tells when a duration is only a guess.
  ...['-v', 'warning', '-hide_banner'],
  ...untrustedInput,
  ...['-show_entries', SOURCE_ENTRIES],
  ...['-read_intervals', '%+#1'],
  ...['-of', 'json=compact=1'],
  sourceUrl,
]

/** The argv of ffprobe that decodes an untrusted picture, of the first if there are several, as JSON. */
export const pictureProbeArgs = (url: string): string[] => [
  ...['-v', 'warning', '-hide_banner'],
  ...untrustedPicture,
  ...['-show_entries', 'frame=width,height,pix_fmt:frame_side_data=rotation'],
  ...['-read_intervals', '%+#1'],
  ...['-of', 'json=compact=1'],
  url,
]

/** The argv of ffprobe that reads a result of ours on disk to its end and counts its packets, as JSON. */
export const resultProbeArgs = (path: string): string[] => [
  ...['-v', 'warning', '-hide_banner'],
  ...ownResultInput,
  ...COUNT_PACKETS,
  ...['-show_entries', RESULT_ENTRIES],
  ...['-of', 'json=compact=1'],
  `file:${path}`,
]

/** The same for a result that is stored already, at a URL of our loopback source; to its end only if its packets are `counted`. */
export const storedProbeArgs = (url: string, counted: boolean): string[] => [
  ...['-v', 'warning', '-hide_banner'],
  ...untrustedInput,
  ...(counted ? COUNT_PACKETS : []),
  ...['-show_entries', RESULT_ENTRIES],
  ...['-of', 'json=compact=1'],
  url,
]

// A file that was cut short still announces every frame; only counting finds out (run).
const COUNT_PACKETS: readonly string[] = ['-count_packets']
