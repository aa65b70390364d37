import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import { Dialog } from '../design/dialog.tsx'
import { kindOfOutput } from '../tasks/task-kind.ts'
import type { PlayerProps } from '../tasks/watch-button.tsx'
import type { Renewal } from './after-failure.ts'
import { MediaPlayer } from './media-player.tsx'
import { renewResult } from './renew-result.ts'
import './player.css'

/** Shows, plays or lets hear the result of a task. */
export const PlayerDialog = ({ task: first, output: firstOutput, onClose }: PlayerProps) => {
  const shown = useSignal({ task: first, output: firstOutput })
  const { task, output } = shown.value
  const kind = kindOfOutput(output)
  const life = useRef(new AbortController())
  useEffect(() => () => life.current.abort(), [])
  const renew = useCallback(async (): Promise<Renewal> => {
    const { output: before } = shown.peek()
    const renewed = await renewResult(shown.peek(), life.current.signal)
    if (renewed === undefined) return 'gone'
    if (renewed.output.url === before.url) return 'same'
    shown.value = renewed
    return 'new'
  }, [shown])
  return (
    <Dialog size="wide" title={task.fileName} onClose={onClose}>
      {kind === 'picture' ? (
        <img class="player-picture" src={output.url} alt={task.fileName} />
      ) : (
        <MediaPlayer
          url={output.url}
          kind={kind}
          renew={renew}
          title={task.fileName}
          posterUrl={task.poster?.url}
          storyboardUrl={task.storyboard?.url}
        />
      )}
    </Dialog>
  )
}
