import { useSignal } from '@preact/signals'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { useEffect } from 'preact/hooks'
import { formatMoment } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { FilePicture } from './file-picture.tsx'

type Trim = TaskOptions['trim']

/** Steps of a tenth of a second: what the pointer can do on a phone's width for a minute. */
const STEP_SECONDS = 0.1
const SHORTEST_SECONDS = 0.2

/**
 * Chooses the part of a file that is used, on a picture of its start and one of its end; undefined: all of it. By two sliders of the browser on
 * one line, which the keyboard and screen readers know.
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
        <Moment file={file} name={name} label={t('uploads.trimStart')} seconds={start} pictureSeconds={start} />
        <Moment
          file={file}
          name={name}
          label={t('uploads.trimEnd')}
          seconds={end}
          pictureSeconds={Math.max(0, end - STEP_SECONDS)}
        />
      </div>
      <div
        class="trim-line"
        style={{ '--from': `${start / durationSeconds}`, '--to': `${end / durationSeconds}` }}
        // The one that has more room is on top, so that neither is ever buried under the other.
        data-top={start > durationSeconds - end ? 'start' : 'end'}
      >
        <Slider
          kind="start"
          label={t('uploads.trimStart')}
          durationSeconds={durationSeconds}
          value={start}
          onInput={(seconds) => change(Math.max(0, Math.min(seconds, end - SHORTEST_SECONDS)), end)}
        />
        <Slider
          kind="end"
          label={t('uploads.trimEnd')}
          durationSeconds={durationSeconds}
          value={end}
          onInput={(seconds) => change(start, Math.min(durationSeconds, Math.max(seconds, start + SHORTEST_SECONDS)))}
        />
      </div>
      <p class="soft">
        {t('uploads.trimLength', { duration: formatMoment(end - start), whole: formatMoment(durationSeconds) })}
      </p>
    </fieldset>
  )
}

const endOf = (trim: Trim): number | undefined =>
  trim?.endSeconds ?? (trim?.durationSeconds === undefined ? undefined : trim.startSeconds + trim.durationSeconds)

const Moment = (props: { file: Blob; name: string; label: string; seconds: number; pictureSeconds: number }) => (
  <figure>
    <FilePicture file={props.file} name={props.name} atSeconds={useSettled(props.pictureSeconds)} />
    <figcaption>
      <span class="soft">{props.label}</span> <strong>{formatMoment(props.seconds)}</strong>
    </figcaption>
  </figure>
)

const Slider = (props: {
  kind: 'start' | 'end'
  label: string
  durationSeconds: number
  value: number
  onInput: (seconds: number) => void
}) => {
  const { kind, label, durationSeconds, value, onInput } = props
  return (
    <input
      class={`trim-${kind}`}
      type="range"
      aria-label={label}
      aria-valuetext={formatMoment(value)}
      min={0}
      max={durationSeconds}
      step={STEP_SECONDS}
      value={value}
      onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber)}
    />
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
