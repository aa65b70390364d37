import type { EncodePlan, PlanPart } from './encode-plan.ts'
import { imageTail } from './image-tail.ts'
import { wholeInputs } from './input-args.ts'
import { legsOf } from './legs-of.ts'
import { onCanvas } from './on-canvas.ts'
import { type LegName, planOfLeg } from './plan-of-leg.ts'
import { type Chain, renderGraph } from './render-graph.ts'
import { renditionTail } from './rendition-tail.ts'
import { wholeSound } from './sound-graph.ts'
import { rate, sourceFrames } from './source-frames.ts'
import { sizeBeforeTurn, turned, usedPixels } from './source-pixels.ts'
import { standardColour } from './standard-colour.ts'
import { heldStill, type Still } from './still-graph.ts'
import { watermarked } from './watermark-graph.ts'

/**
 * The two graphs of one encode, for ffmpeg's -filter_complex: picture ends in [v], sound (undefined without) in [a].
 * Inputs are those of wholeInputs. They are two graphs because a source that changes its
 * sound format half-way makes ffmpeg build that graph anew, which must not start the picture again.
 */
export const filterGraphs = (plan: EncodePlan): { picture: string; sound: string | undefined } => ({
  picture: renderGraph(wholePicture(plan)),
  sound: plan.audio === null ? undefined : wholeSound(plan, plan.audio),
})

/** The legs one after the other, and what a file of pictures needs behind them. */
const wholePicture = (plan: EncodePlan): Chain[] => {
  const tail = imageTail(plan, 'shown', 'v')
  return [...joinedLegs(plan, tail.length === 0 ? 'v' : 'shown'), ...tail]
}

/** Every leg has the same rate: at another, concat makes a million frames a second. */
const joinedLegs = (plan: EncodePlan, to: string): Chain[] => {
  const legs = legsOf(plan.frames)
  if (legs.length === 1) return legPicture(plan, 'body', to)
  return [
    ...legs.flatMap(({ name }) => legPicture(plan, name, name)),
    {
      from: legs.map(({ name }) => name),
      filters: [
        `concat=n=${legs.length}:v=1:a=0`,
        // eof_action=pass: overlay does not tell how long its last frame is shown, which fps then drops (run).
        `fps=${rate(plan)}:eof_action=pass`,
        // fps holds the last frame of a leg that was cut for one or two more (run).
        `trim=end_frame=${plan.frames.total}`,
      ],
      to: [to],
    },
  ]
}

const legPicture = (plan: EncodePlan, name: LegName, to: string): Chain[] => {
  const input = wholeInputs(plan).indexOf(name === 'body' ? 'source' : name)
  const bookend = name === 'body' ? null : plan.bookends[name]
  if (bookend !== null && bookend.kind !== 'clip') {
    return [heldStill(plan, bookend, { from: `${input}:v`, frames: plan.frames[name], to })]
  }
  const leg = planOfLeg(plan, name)
  return onTop(leg, wholeInputs(plan).indexOf('watermark'), to, (end) => body(leg, input, end))
}

/** A picture, and on it the watermark of its plan, if there is one. */
const onTop = (plan: EncodePlan, input: number, to: string, picture: (to: string) => Chain[]): Chain[] =>
  plan.watermark === null
    ? picture(to)
    : [...picture('plain'), ...watermarked(plan, { picture: 'plain', from: `${input}:v`, to })]

/** The graph of a range of frames of a leg that is a picture, which is input 0, in [v], or in all sizes of a stream. */
export const partStill = (plan: EncodePlan, still: Still, { start, end }: PlanPart): string =>
  renderGraph(inAllSizes(plan, (to) => [heldStill(plan, still, { from: '0:v', frames: end - start, to })]))

/**
 * The graph of a part of the picture of the plan of one leg, for a source whose times are those of the whole even when it was entered
 * in the middle: the frames from `start` up to, without, `end` as the graph of the whole makes them, in [v] or in all sizes. Input 0 is the source,
 * input 1 the watermark if there is one.
 */
export const partPicture = (plan: EncodePlan, { start, end }: PlanPart): string =>
  renderGraph(
    inAllSizes(plan, (to) => onTop(plan, 1, to, (plain) => pictureChains(plan, { input: 0, start, end, to: plain }))),
  )

/**
 * A picture as the result has it, in [v] or, of a stream, in the labels of its sizes. All that was put on it and around it was done in the
 * largest, so that it has the same share of each.
 */
const inAllSizes = ({ renditions }: EncodePlan, picture: (to: string) => Chain[]): Chain[] =>
  renditions === null ? picture('v') : [...picture('shown'), ...renditionTail(renditions, 'shown')]

/** All of the source's frames in the result (or all that a still picture is chosen from), fitted and set on the canvas. */
const body = (plan: EncodePlan, input: number, to: string): Chain[] =>
  pictureChains(plan, { input, start: 0, end: plan.chosenFrom ?? plan.frames.body, to })

const pictureChains = (
  plan: EncodePlan,
  { input, start, end, to }: { input: number; start: number; end: number; to: string },
): Chain[] => {
  const picture: Chain = {
    from: [`${input}:${plan.source.videoIndex}`],
    filters: [
      ...sourceFrames(plan, start, end),
      ...usedPixels(plan),
      ...fitted({ ...plan, picture: sizeBeforeTurn(plan) }),
      turned(plan),
    ],
    to: [],
  }
  return onCanvas(plan, picture, to)
}

/** Scaled to the planned size with square pixels, and brought to BT.709, standard range. */
const fitted = ({ picture, source }: EncodePlan): string[] => [...standardColour(source, picture), 'setsar=1']
