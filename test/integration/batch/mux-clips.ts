/** Colours as all results have them. */
const bt709 = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709']

export const canvas = { width: 128, height: 72 }

/** Frames [start, end) of a moving test picture. */
export const pictureInput = (rate: string, start: number, end: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `testsrc2=size=128x72:rate=${rate},trim=start_frame=${start}:end_frame=${end},setpts=PTS-STARTPTS`,
]

/** So many samples of a tone at 48000 Hz, stereo, that rises, so that every packet is another. */
export const soundInput = (samples: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc=sin(440*2*PI*t*(1+t/9))*min(1\\,t):s=48000,aformat=channel_layouts=stereo,atrim=end_sample=${samples}`,
]

/** H.264 with frames that are decoded in another order than they are shown, and a key frame every 20. */
export const h264 = (timescale: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-threads', '1', '-pix_fmt', 'yuv420p', '-g', '20', ...bt709],
  ...['-x264-params', 'stitchable=1', '-movflags', '+faststart', '-video_track_timescale', String(timescale)],
]

export const vp9 = (timescale: number): string[] => [
  ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '40', '-b:v', '0', '-threads', '1'],
  ...['-pix_fmt', 'yuv420p', '-g', '20', ...bt709, '-video_track_timescale', String(timescale)],
]

/** HEVC with reordered frames, closed groups of them, and parameter sets that lie in the sample entry alone. */
export const hevc = (timescale: number): string[] => [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '20', ...bt709, '-tag:v', 'hvc1'],
  ...['-x265-params', 'bframes=3:open-gop=0:info=0:pools=1:frame-threads=1:log-level=error'],
  ...['-movflags', '+faststart', '-video_track_timescale', String(timescale)],
]

export const av1 = (timescale: number): string[] => [
  ...['-c:v', 'libsvtav1', '-preset', '12', '-crf', '50', '-svtav1-params', 'irefresh-type=2:lp=1:pin=0'],
  ...['-pix_fmt', 'yuv420p', '-g', '20', ...bt709, '-video_track_timescale', String(timescale)],
]

export const aac = ['-c:a', 'aac', '-b:a', '96000', '-ac', '2']
export const opus = ['-c:a', 'libopus', '-b:a', '96000', '-ac', '2']
