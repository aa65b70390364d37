import { type Signal, useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { Icon, type IconName } from '../design/icon.tsx'
import { keepPicture } from './keep-picture.ts'
import { kindOfOutput, mainOutput } from './task-kind.ts'

type Picture = NonNullable<TaskResource['poster']>

/**
 * What a task looks like: its poster, or a sign. It opens the result for who has a pointer; for everybody else there is a button that says
 * so.
 */
export const TaskPicture = ({ task, isWatching }: { task: TaskResource; isWatching: Signal<boolean> }) => {
  const shown = useRef<Picture | null>(null)
  shown.current = keepPicture(shown.current, pictureOf(task), Date.now())
  const picture = shown.current
  const brokenUrl = useSignal<string | undefined>(undefined)
  const output = mainOutput(task)
  const look =
    picture === null || picture.url === brokenUrl.value ? (
      <Icon name={iconOf(task)} />
    ) : (
      <picture>
        {picture.webpUrl !== picture.url && <source srcset={picture.webpUrl} type="image/webp" />}
        <img
          class={picture.height > picture.width ? 'task-tall' : undefined}
          src={picture.url}
          width={picture.width}
          height={picture.height}
          alt=""
          loading="lazy"
          onError={() => {
            brokenUrl.value = picture.url
          }}
        />
      </picture>
    )
  if (output === undefined) return <div class="task-picture">{look}</div>
  return (
    <button
      type="button"
      class="task-picture task-picture-open"
      tabIndex={-1}
      aria-hidden="true"
      onClick={() => {
        isWatching.value = true
      }}
    >
      {look}
      {kindOfOutput(output) !== 'picture' && (
        <span class="task-picture-play">
          <Icon name="play" />
        </span>
      )}
    </button>
  )
}

/** The poster; of a result that is a picture and has none, as those of older releases, the picture itself. */
const pictureOf = (task: TaskResource): Picture | null => {
  const output = mainOutput(task)
  // A web of an older release, which may still send events, knows of no posters.
  const poster = task.poster ?? null
  if (poster !== null || output === undefined || kindOfOutput(output) !== 'picture') return poster
  const { url, width, height, expiresAt } = output
  return { url, webpUrl: url, width: width ?? 16, height: height ?? 9, expiresAt }
}

const iconOf = (task: TaskResource): IconName => {
  const output = mainOutput(task)
  const isSound = output === undefined ? task.contentType.startsWith('audio/') : kindOfOutput(output) === 'sound'
  return isSound ? 'sound' : 'film'
}
