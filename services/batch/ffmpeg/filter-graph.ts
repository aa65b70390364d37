import type { EncodePlan } from './encode-plan.ts'

/** One chain of a filter graph: filters in order, with the labels of what goes in and what comes out. */
type Chain = { from?: string[]; filters: (string | null)[]; to: string[] }

/**
 * The two graphs of one encode, for ffmpeg's -filter_complex: picture ends in [v], sound (undefined without) in [a].
 * Input 0 is the source, input 1 the logo when there are bookends. They are two graphs because a source that changes its
 * sound format half-way makes ffmpeg build that graph anew, which must not start the picture again.
 */
export const filterGraphs = (plan: EncodePlan): { picture: string; sound: string | undefined } => ({
  picture: render(plan.frames.intro + plan.frames.outro > 0 ? pictureWithBookends(plan) : [body(plan, 'v')]),
  sound: plan.audio === null ? undefined : render([sound(plan, plan.audio)]),
})

/** Exactly `frames.body` frames of the source at the planned rate, fitted and centred on the canvas. */
const body = (plan: EncodePlan, to: string): Chain => ({
  from: [`0:${plan.source.videoIndex}`],
  filters: [
    // Needs the fields of neighbouring frames, so it comes before frames are dropped or repeated.
    plan.source.deinterlace ? 'bwdif=mode=send_frame:parity=auto:deint=all' : null,
    // start_time=0: a picture that begins after the sound is preceded by its first frame, so both stay in step.
    `fps=${rate(plan)}:start_time=0`,
    ...fitted(plan),
    ...centred(plan),
    // The source may end a few frames before or after what it announced: its last frame is held, then the count is cut.
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${plan.frames.body}`,
    'setpts=PTS-STARTPTS',
  ],
  to: [to],
})

/** Scaled to the planned size with square pixels, and brought to BT.709, standard range. */
const fitted = ({ picture, source }: EncodePlan): string[] => {
  const size = `w=${picture.width}:h=${picture.height}`
  if (source.toneMap !== null) {
    const transfer = source.toneMap === 'pq' ? 'smpte2084' : 'arib-std-b67'
    return [
      // What the file leaves unsaid about its colours is said here: zscale refuses to guess.
      `zscale=${size}:tin=${transfer}:min=2020_ncl:pin=2020:t=linear:npl=203`,
      'format=gbrpf32le',
      'zscale=p=709',
      'tonemap=hable:desat=0',
      'zscale=t=709:m=709:r=tv',
      'setsar=1',
    ]
  }
  // Nothing is named where nothing is converted: an untagged source would go through RGB and back.
  const matrix = source.convertFrom === null ? '' : `:in_color_matrix=${source.convertFrom}:out_color_matrix=bt709`
  return [`scale=${size}${matrix}:out_range=tv`, 'setsar=1']
}

const centred = ({ picture, canvas, video }: EncodePlan): string[] => {
  const format = `format=${video.pixelFormat}`
  if (picture.width === canvas.width && picture.height === canvas.height) return [format]
  return [format, `pad=${canvas.width}:${canvas.height}:(ow-iw)/2:(oh-ih)/2:color=black`]
}

/** The logo held before and after the body. Every leg has the same rate: at another, concat makes a million frames a second. */
const pictureWithBookends = (plan: EncodePlan): Chain[] => {
  const { intro, outro } = plan.frames
  const legs = [intro > 0 ? 'intro' : null, 'body', outro > 0 ? 'outro' : null].filter((leg) => leg !== null)
  const logos = legs.filter((leg) => leg !== 'body')
  return [
    {
      from: ['1:v'],
      filters: [...logoFitted(plan), `split=${logos.length}`],
      to: logos.map((leg) => `${leg}-picture`),
    },
    ...logos.map((leg) => held(plan, leg, leg === 'intro' ? intro : outro)),
    body(plan, 'body'),
    { from: legs, filters: [`concat=n=${legs.length}:v=1:a=0`, `fps=${rate(plan)}`], to: ['v'] },
  ]
}

const logoFitted = ({ canvas, video }: EncodePlan): string[] => [
  `scale=${canvas.width}:${canvas.height}:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt709:out_range=tv`,
  `pad=${canvas.width}:${canvas.height}:(ow-iw)/2:(oh-ih)/2:color=black`,
  'setsar=1',
  `format=${video.pixelFormat}`,
]

const held = (plan: EncodePlan, leg: string, frames: number): Chain => ({
  from: [`${leg}-picture`],
  filters: [`loop=loop=${frames - 1}:size=1`, `setpts=N/(${rate(plan)}*TB)`, `fps=${rate(plan)}`],
  to: [leg],
})

/** Sound of exactly the length of the picture: silence during the logo, from its own start to the end of the body otherwise. */
const sound = (plan: EncodePlan, audio: NonNullable<EncodePlan['audio']>): Chain => {
  const { intro, body: bodySamples, outro } = audio.samples
  const ending = [
    `atrim=end_sample=${bodySamples}`,
    intro > 0 ? `adelay=${intro}S:all=1` : null,
    outro > 0 ? `apad=pad_len=${outro}` : null,
  ]
  if (audio.from === 'silence' || plan.source.audioIndex === null) {
    return { filters: [`anullsrc=r=${audio.sampleRateHz}:cl=stereo`, ...ending], to: ['a'] }
  }
  return {
    from: [`0:${plan.source.audioIndex}`],
    filters: [
      // Gaps are filled and a late start is padded, so that sound stays in step with the picture.
      `aresample=${audio.sampleRateHz}:async=1:first_pts=0`,
      'aformat=channel_layouts=stereo',
      'apad',
      ...ending,
    ],
    to: ['a'],
  }
}

const rate = ({ frameRate }: EncodePlan): string =>
  frameRate.den === 1 ? String(frameRate.num) : `${frameRate.num}/${frameRate.den}`

const render = (chains: Chain[]): string =>
  chains
    .map(({ from = [], filters, to }) => {
      const label = (name: string) => `[${name}]`
      return `${from.map(label).join('')}${filters.filter((filter) => filter !== null).join(',')}${to.map(label).join('')}`
    })
    .join(';')
