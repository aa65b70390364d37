import { Dialog } from '../design/dialog.tsx'
import { t } from '../i18n/translate.ts'
import { kindOfOutput } from '../tasks/task-kind.ts'
import type { PlayerProps } from '../tasks/watch-button.tsx'
import { MediaPlayer } from './media-player.tsx'
import './player.css'

/** Shows, plays or lets hear the result of a task. */
export const PlayerDialog = ({ task, output, onClose }: PlayerProps) => {
  const kind = kindOfOutput(output)
  return (
    <Dialog size="wide" title={task.fileName} onClose={onClose}>
      {kind === 'picture' ? (
        <img class="player-picture" src={output.url} alt={task.fileName} />
      ) : (
        <>
          <MediaPlayer
            url={output.url}
            kind={kind}
            title={task.fileName}
            posterUrl={task.poster?.url}
            storyboardUrl={task.storyboard?.url}
          />
          <p class="field-hint player-keys">{t('player.keys')}</p>
        </>
      )}
    </Dialog>
  )
}
