import type { EncodePlan, PlanPart } from './encode-plan.ts'
import { imageTail } from './image-tail.ts'
import { type Chain, renderGraph } from './render-graph.ts'
import { wholeSound } from './sound-graph.ts'
import { rate, sourceFrames } from './source-frames.ts'

/**
 * The two graphs of one encode, for ffmpeg's -filter_complex: picture ends in [v], sound (undefined without) in [a].
 * Input 0 is the source, input 1 the logo when there are bookends. They are two graphs because a source that changes its
 * sound format half-way makes ffmpeg build that graph anew, which must not start the picture again.
 */
export const filterGraphs = (plan: EncodePlan): { picture: string; sound: string | undefined } => ({
  picture: renderGraph(wholePicture(plan)),
  sound: plan.audio === null ? undefined : wholeSound(plan, plan.audio),
})

const wholePicture = (plan: EncodePlan): Chain[] => {
  const tail = imageTail(plan, 'shown', 'v')
  const to = tail.length === 0 ? 'v' : 'shown'
  return [...(plan.frames.intro + plan.frames.outro > 0 ? pictureWithBookends(plan, to) : [body(plan, to)]), ...tail]
}

/**
 * The graph of a part of the picture, for a source whose times are those of the whole even when it was entered in the middle:
 * the frames from `start` up to, without, `end` as the graph of the whole makes them, in [v].
 */
export const partPicture = (plan: EncodePlan, { start, end }: PlanPart): string =>
  renderGraph([pictureChain(plan, start, end, 'v')])

/** All of the source's frames in the result (or all that a still picture is chosen from), fitted and centred on the canvas. */
const body = (plan: EncodePlan, to: string): Chain => pictureChain(plan, 0, plan.chosenFrom ?? plan.frames.body, to)

const pictureChain = (plan: EncodePlan, start: number, end: number, to: string): Chain => ({
  from: [`0:${plan.source.videoIndex}`],
  filters: [...sourceFrames(plan, start, end), ...fitted(plan), ...centred(plan)],
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
const pictureWithBookends = (plan: EncodePlan, to: string): Chain[] => {
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
    { from: legs, filters: [`concat=n=${legs.length}:v=1:a=0`, `fps=${rate(plan)}`], to: [to] },
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
