import type { Bookend, EncodePlan } from './encode-plan.ts'
import type { Chain } from './render-graph.ts'
import { rate } from './source-frames.ts'

/** A picture that is shown as a leg of the result. */
export type Still = Exclude<Bookend, { kind: 'clip' }>

/** So many frames of a picture, fitted into the canvas whole and centred, with black where it is transparent or does not reach. */
export const heldStill = (
  plan: EncodePlan,
  still: Still,
  { from, frames, to }: { from: string; frames: number; to: string },
): Chain => ({
  from: [from],
  filters: [
    // Pictures one after the other in a file would be a video.
    'trim=end_frame=1',
    ...(still.kind === 'picture' && still.hasAlpha ? ['format=gbrap', 'premultiply=inplace=1'] : []),
    `scale=${plan.canvas.width}:${plan.canvas.height}:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt709:out_range=tv`,
    `pad=${plan.canvas.width}:${plan.canvas.height}:(ow-iw)/2:(oh-ih)/2:color=black`,
    'setsar=1',
    `format=${plan.video.pixelFormat}`,
    // Behind all that costs anything, which is so done once.
    `fps=${rate(plan)}:start_time=0:eof_action=pass`,
    'tpad=stop=-1:stop_mode=clone',
    `trim=end_frame=${frames}`,
    'setpts=PTS-STARTPTS',
  ],
  to: [to],
})
