import { Dialog } from '../design/dialog.tsx'
import type { PlayerProps } from '../tasks/watch-button.tsx'

export const PlayerDialog = ({ task, onClose }: PlayerProps) => (
  <Dialog wide title={task.fileName} onClose={onClose}>
    x
  </Dialog>
)
