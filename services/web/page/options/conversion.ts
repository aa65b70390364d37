import type { TaskOptions } from '@reelway/shared/options/task-options.ts'

/** What is to be made of a video: a preset, and what is asked for beside it. What POST /api/tasks takes. */
export type Conversion = { preset: string; options: TaskOptions }

/** Which of a conversion's options are given. */
export const givenOptions = ({ options }: Conversion): (keyof TaskOptions)[] =>
  optionOrder.filter((name) => options[name] !== undefined)

/** The options in the order in which they are asked for: what most people want first. */
export const optionOrder = [
  'quality',
  'trim',
  'rotate',
  'flip',
  'crop',
  'fit',
  'maxFrameRate',
  'mute',
  'loudness',
  'intro',
  'outro',
  'watermark',
  'metadata',
] as const satisfies readonly (keyof TaskOptions)[]

/** A conversion to another preset: of the options, those that it has stay. */
export const withPreset = (
  conversion: Conversion,
  preset: { name: string; options: readonly (keyof TaskOptions)[] },
): Conversion => ({
  preset: preset.name,
  options: Object.fromEntries(
    givenOptions(conversion)
      .filter((name) => preset.options.includes(name))
      .map((name) => [name, conversion.options[name]]),
  ),
})

/** A conversion with one option changed; undefined takes it away. */
export const withOption = <Name extends keyof TaskOptions>(
  conversion: Conversion,
  name: Name,
  value: TaskOptions[Name] | undefined,
): Conversion => {
  const { [name]: _, ...others } = conversion.options
  return { ...conversion, options: value === undefined ? others : { ...others, [name]: value } }
}
