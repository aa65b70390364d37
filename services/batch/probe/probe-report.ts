import { z } from 'zod'

/** ffprobe writes times as text, and leaves out or writes N/A for what it does not know. */
const secondsText = z.string().transform((text) => (/^-?\d/.test(text) ? Number(text) : undefined))

/** "16:15" or "30000/1001"; a ratio with a zero in it means unknown. */
const ratioText = z.string().transform((text) => {
  const [num, den] = text.split(/[:/]/).map(Number)
  return num !== undefined && den !== undefined && num > 0 && den > 0 ? { num, den } : undefined
})

const flag = z.int().default(0)

const sideData = z.object({
  rotation: z.number().optional(),
  max_content: z.number().optional(),
  max_luminance: ratioText.optional(),
  dv_profile: z.int().optional(),
  dv_bl_signal_compatibility_id: z.int().optional(),
})

const stream = z.object({
  index: z.int().nonnegative().default(0),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  profile: z.string().optional(),
  level: z.int().optional(),
  bit_rate: z.coerce.number().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: ratioText.optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  avg_frame_rate: ratioText.optional(),
  r_frame_rate: ratioText.optional(),
  start_time: secondsText.optional(),
  duration: secondsText.optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  sample_rate: z.coerce.number().int().optional(),
  channels: z.int().optional(),
  bits_per_sample: z.int().optional(),
  bits_per_raw_sample: z.coerce.number().int().optional(),
  nb_frames: z.coerce.number().int().optional(),
  nb_read_packets: z.coerce.number().int().optional(),
  disposition: z.object({ default: flag, attached_pic: flag, timed_thumbnails: flag }).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(sideData).optional(),
})

/** The part of ffprobe's JSON that we ask for. */
export const probeReport = z.object({
  /** The first of the file, if it has any. */
  packets: z
    .array(z.object({ side_data_list: z.array(z.object({ side_data_type: z.string() })).default([]) }))
    .default([]),
  streams: z.array(stream).default([]),
  /** Of a broadcast: what belongs together. */
  programs: z.array(z.object({ streams: z.array(z.object({ index: z.int().nonnegative() })).default([]) })).default([]),
  format: z.object({
    format_name: z.string(),
    start_time: secondsText.optional(),
    duration: secondsText.optional(),
    size: z.coerce.number().catch(0).default(0),
    tags: z.record(z.string(), z.string()).optional(),
  }),
})

export type ProbeReport = z.infer<typeof probeReport>
export type ProbeStream = ProbeReport['streams'][number]

/** The seconds of Matroska's DURATION tag ("00:01:02.500000000"), which says where a stream ends. */
export const durationTagSeconds = ({ tags = {} }: ProbeStream): number | undefined => {
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(tags.DURATION ?? tags['DURATION-eng'] ?? '')
  return match === null ? undefined : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])
}
