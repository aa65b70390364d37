import { useSignal } from '@preact/signals'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { useEffect, useId } from 'preact/hooks'
import { formatClock } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { FilePicture } from './file-picture.tsx'

type Trim = TaskOptions['trim']

/** Steps of a tenth of a second: what the pointer can do on a phone's width for a minute. */
const STEP_SECONDS = 0.1
const SHORTEST_SECONDS = 0.2

/**
 * Chooses the part of a file that is used, on a picture of its start and one of its end; undefined: all of it. By two sliders of the browser,
 * which the keyboard and screen readers know.
 */
export const TrimRange = (props: {
  file: Blob
  name: string
  durationSeconds: number
  value: Trim
  onChange: (trim: Trim) => void
}) => {
  const { file, name, durationSeconds, value, onChange } = props
  const start = value?.startSeconds ?? 0
  const end = Math.min(durationSeconds, endOf(value) ?? durationSeconds)
  const change = (startSeconds: number, endSeconds: number) =>
    onChange(
      startSeconds <= 0 && endSeconds >= durationSeconds
        ? undefined
        : { startSeconds, endSeconds, atKeyframes: value?.atKeyframes ?? false },
    )
  return (
    <fieldset class="trim">
      <legend>{t('uploads.trim')}</legend>
      <div class="trim-pictures">
        <FilePicture file={file} name={name} atSeconds={useSettled(start)} />
        <FilePicture file={file} name={name} atSeconds={useSettled(Math.max(0, end - STEP_SECONDS))} />
      </div>
      <Slider
        label={t('uploads.trimStart')}
        durationSeconds={durationSeconds}
        value={start}
        onInput={(seconds) => change(Math.min(seconds, end - SHORTEST_SECONDS), end)}
      />
      <Slider
        label={t('uploads.trimEnd')}
        durationSeconds={durationSeconds}
        value={end}
        onInput={(seconds) => change(start, Math.max(seconds, start + SHORTEST_SECONDS))}
      />
      <p class="soft">
        {t('uploads.trimLength', { duration: formatClock(end - start), whole: formatClock(durationSeconds) })}
      </p>
    </fieldset>
  )
}

const endOf = (trim: Trim): number | undefined =>
  trim?.endSeconds ?? (trim?.durationSeconds === undefined ? undefined : trim.startSeconds + trim.durationSeconds)

const Slider = (props: {
  label: string
  durationSeconds: number
  value: number
  onInput: (seconds: number) => void
}) => {
  const id = useId()
  const { label, durationSeconds, value, onInput } = props
  return (
    <div class="trim-slider">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={durationSeconds}
        step={STEP_SECONDS}
        value={value}
        aria-valuetext={formatClock(value)}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <output for={id}>{formatClock(value)}</output>
    </div>
  )
}

const SETTLED_MILLIS = 200

/** A number once it has not changed for a while: a picture of every place that is passed would come too late. */
const useSettled = (value: number): number => {
  const settled = useSignal(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.value = value
    }, SETTLED_MILLIS)
    return () => clearTimeout(timer)
  }, [value, settled])
  return settled.value
}
