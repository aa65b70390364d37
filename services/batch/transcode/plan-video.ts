import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

/** The settings of the encoder of the picture. */
export const planVideo = ({ video }: Preset, _options: TaskOptions): EncodePlan['video'] => video
