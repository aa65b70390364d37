import { holdsFiles } from './read-drop.ts'

type DragType = 'dragenter' | 'dragover' | 'dragleave' | 'drop'

/**
 * Calls `take` with what is dropped or pasted on `target` when there are files in it, and `hover` while they are dragged over it. What is no file
 * goes on as ever. As long as `mayTake` says no, files come to nothing there: the browser would open them in the page's place. Returns what
 * ends the listening.
 */
export const listenForFiles = (
  target: GlobalEventHandlers,
  {
    mayTake = () => true,
    hover,
    take,
  }: {
    mayTake?: () => boolean
    hover: (isOver: boolean) => void
    take: (transfer: DataTransfer) => void
  },
): (() => void) => {
  const listen = new AbortController()
  const { signal } = listen
  // Each element that is entered and left counts: the last one left is the target.
  let depth = 0
  const onDrag = (type: DragType, act: (transfer: DataTransfer) => void) =>
    target.addEventListener(
      type,
      (event) => {
        const { dataTransfer } = event
        if (dataTransfer === null || !holdsFiles(dataTransfer)) return
        event.preventDefault()
        act(dataTransfer)
        hover(depth > 0 && mayTake())
      },
      { signal },
    )
  onDrag('dragenter', () => {
    depth += 1
  })
  onDrag('dragleave', () => {
    depth -= 1
  })
  onDrag('dragover', (transfer) => {
    transfer.dropEffect = mayTake() ? 'copy' : 'none'
  })
  onDrag('drop', (transfer) => {
    depth = 0
    if (mayTake()) take(transfer)
  })
  target.addEventListener(
    'paste',
    (event) => {
      const { clipboardData } = event
      if (clipboardData === null || !holdsFiles(clipboardData)) return
      event.preventDefault()
      if (mayTake()) take(clipboardData)
    },
    { signal },
  )
  return () => listen.abort()
}
