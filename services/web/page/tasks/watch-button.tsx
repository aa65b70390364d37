import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { Button } from '../design/button.tsx'
import { t } from '../i18n/translate.ts'
import { kindOfOutput } from './task-kind.ts'

type Output = TaskResource['outputs'][number]
export type PlayerProps = { task: TaskResource; output: Output; onClose: () => void }

const WORDS = { video: 'tasks.watch', stream: 'tasks.watch', sound: 'tasks.listen', picture: 'tasks.look' } as const

/** Opens the player, which is loaded when it is first wanted. */
export const WatchButton = ({ task, output }: { task: TaskResource; output: Output }) => {
  const Player = useSignal<ComponentType<PlayerProps> | undefined>(undefined)
  const busy = useSignal(false)
  const word = t(WORDS[kindOfOutput(output)])
  const open = async () => {
    busy.value = true
    const { PlayerDialog } = await import('../player/player-dialog.tsx')
    busy.value = false
    Player.value = PlayerDialog
  }
  return (
    <>
      <Button
        kind="primary"
        icon="play"
        busy={busy.value}
        label={t('tasks.named', { action: word, name: task.fileName })}
        onClick={open}
      >
        {word}
      </Button>
      {Player.value !== undefined && (
        <Player.value
          task={task}
          output={output}
          onClose={() => {
            Player.value = undefined
          }}
        />
      )}
    </>
  )
}
