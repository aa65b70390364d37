import { beforeEnd } from './before-end.ts'
import type { EncodePlan } from './encode-plan.ts'
import { placeGrid } from './place-grid.ts'
import { wholeFrames } from './whole-frames.ts'

/**
 * The filters that turn a source, whose times are those of the whole even when it was entered in the middle, into frames at the
 * planned rate: those of the used stretch from `start` up to, without, `end`, whatever the source holds of them.
 */
export const sourceFrames = (plan: EncodePlan, start: number, end: number): (string | null)[] => {
  const { num, den } = plan.frameRate
  // The same grid as from the first frame, for it begins at a whole second and a whole frame; counted from there fps would hold
  // the first frame for hours.
  const gridSecond = mayEndBefore(plan) ? 0 : Math.floor(start / num)
  const gridFrame = gridSecond * num
  const gridSeconds = placeGrid(plan) + gridSecond * den
  const skipped = start - gridFrame
  return [
    `select=${beforeEnd(plan)}`,
    ...wholeFrames(plan),
    COUNTS_FRAMES.has(plan.source.container) ? 'settb=AVTB' : null,
    // start_time: a picture that begins after the sound is preceded by its first frame, so both stay in step.
    // eof_action=pass: of a picture that is shorter than half a frame of the result, one frame is left.
    `fps=${rate(plan)}:start_time=${microseconds(gridSeconds)}:eof_action=pass`,
    // The source may end a few frames before or after what it announced: its last frame is held, then the count is cut. Right
    // behind fps, which else never hears that it is enough, and goes on to wherever the source says that it ends (run). And
    // before anything is done to frames that are not used.
    'tpad=stop=-1:stop_mode=clone',
    `trim=${skipped === 0 ? '' : `start_frame=${skipped}:`}end_frame=${end - gridFrame}`,
    'setpts=PTS-STARTPTS',
  ]
}

/**
 * A picture that may end long before its sound does, and before the part begins: fps drops all that ends before its grid does begin, and
 * nothing would be left to be held (run). So it holds the first frame from the beginning on, which takes a second for some hours (by reference).
 */
const mayEndBefore = ({ source }: EncodePlan): boolean => source.endKnownFrom !== 'video-stream'

// Containers whose ticks are frames: no whole second is a whole number of them, and the grid of a part would be another one than
// that of the whole. In microseconds it is the same.
const COUNTS_FRAMES: ReadonlySet<string> = new Set(['avi', 'ogg'])

/** What ffmpeg counts times in: more digits would only be noise of our sums. */
const microseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

/** The planned frames a second as ffmpeg reads them. */
export const rate = ({ frameRate }: Pick<EncodePlan, 'frameRate'>): string =>
  frameRate.den === 1 ? String(frameRate.num) : `${frameRate.num}/${frameRate.den}`
