import { type Signal, useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { Button } from '../design/button.tsx'
import { t } from '../i18n/translate.ts'
import { loadPart } from '../shell/load-part.ts'
import { showToast } from '../shell/toast.ts'
import { kindOfOutput } from './task-kind.ts'

type Output = TaskResource['outputs'][number]
export type PlayerProps = { task: TaskResource; output: Output; onClose: () => void }

const WORDS = { video: 'tasks.watch', stream: 'tasks.watch', sound: 'tasks.listen', picture: 'tasks.look' } as const

type Opened = { Player: ComponentType<PlayerProps>; task: TaskResource; output: Output }

/** Opens the player, which is loaded when it is first wanted: when the button is pressed, or `isWatching` is set elsewhere. */
export const WatchButton = (props: { task: TaskResource; output: Output; isWatching: Signal<boolean> }) => {
  const { task, output, isWatching } = props
  // As it was when it was opened: a new address for the same file would begin it anew. The player asks for one when it needs it.
  const opened = useSignal<Opened | undefined>(undefined)
  const word = t(WORDS[kindOfOutput(output)])
  useSignalEffect(() => {
    if (isWatching.value) void open()
  })
  const open = async () => {
    const loaded = await loadPart(() => import('../player/player-dialog.tsx'))
    if (loaded !== undefined) {
      opened.value = { Player: loaded.PlayerDialog, task, output }
      return
    }
    isWatching.value = false
    const action = { label: t('shell.reload'), run: () => location.reload() }
    showToast({ text: t('shell.notLoaded'), kind: 'bad', shownMillis: 10_000, action })
  }
  return (
    <>
      <Button
        kind="primary"
        icon="play"
        busy={isWatching.value && opened.value === undefined}
        label={t('tasks.named', { action: word, name: task.fileName })}
        onClick={() => {
          isWatching.value = true
        }}
      >
        {word}
      </Button>
      {opened.value !== undefined && (
        <opened.value.Player
          task={opened.value.task}
          output={opened.value.output}
          onClose={() => {
            isWatching.value = false
            opened.value = undefined
          }}
        />
      )}
    </>
  )
}
