import type { SourceKind } from '@reelway/shared/sources/source-kinds.ts'

/** A clip of one kind of video that people have: what is looked for in what becomes of it. */
export type SourceRow<Name extends string = string> = {
  video: Name
  kind: SourceKind
} & (
  | { refused: string }
  | {
      refused?: undefined
      /** Of the result; what is left out is 320x180, 30 frames a second, 2 s. */
      width?: number
      height?: number
      rate?: string
      seconds?: number
      /** The frames a second of the picture that was marked, and where in it the result begins. */
      marksRate?: number
      marksStartSeconds?: number
      /** They begin anew so often. */
      marksRepeatSeconds?: number
      /** How many frames of the source it is from each frame of the result to the next, the first of which may be held. */
      framesApart?: number
      /** From when to when, in seconds, the picture stands still. */
      still?: readonly [number, number]
      /** Where flash and beep are, on the time line of the result. Null: there is none in the picture, or none is to be heard. */
      flashes?: readonly number[]
      beeps?: readonly number[]
      colours?: 'as painted' | 'tone-mapped' | 'grey' | 'darkened'
      /** How many of 255 levels a colour may be off. */
      toleranceLevels?: number
      /** How many frames of the result a picture may come too early or too late, where the source itself is so coarse. */
      toleranceFrames?: number
    }
)
