import type { GivenFile } from './given-file.ts'
import { readHandle } from './read-drop.ts'

// The draft "File System Access" names these; TypeScript's DOM types do not have them yet.
type Pickers = {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>
  showDirectoryPicker?: () => Promise<FileSystemDirectoryHandle>
}

/**
 * Lets the person pick files, or a folder with all that is in it. Only after a click. Where the browser gives handles they come along; else an
 * input element does it. Nothing is picked: an empty list.
 */
export const pickFiles = async (what: 'files' | 'folder'): Promise<GivenFile[]> => {
  const pickers: Window & Pickers = window
  try {
    if (what === 'files' && pickers.showOpenFilePicker !== undefined) {
      const handles = await pickers.showOpenFilePicker({ multiple: true })
      return (await Promise.all(handles.map(readHandle))).flat()
    }
    if (what === 'folder' && pickers.showDirectoryPicker !== undefined) {
      return await readHandle(await pickers.showDirectoryPicker())
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return []
    throw error
  }
  return await pickByInput(what)
}

const pickByInput = (what: 'files' | 'folder'): Promise<GivenFile[]> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.webkitdirectory = what === 'folder'
    input.onchange = () => resolve([...(input.files ?? [])].map((file) => ({ file, handle: null })))
    input.oncancel = () => resolve([])
    input.click()
  })
