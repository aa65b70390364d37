import type { GivenFile } from './given-file.ts'
import { isSourceName } from './is-source-name.ts'
import { readHandle } from './read-drop.ts'

// The draft "File System Access" names these; TypeScript's DOM types do not have them yet.
type Pickers = {
  showOpenFilePicker?: (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>
  showDirectoryPicker?: () => Promise<FileSystemDirectoryHandle>
}

/**
 * Lets the person pick files, or a folder with all in it that may be converted. Only after a click. Where the browser gives handles they come
 * along; else an input element does it. undefined: they thought better of it.
 */
export const pickFiles = async (what: 'files' | 'folder'): Promise<GivenFile[] | undefined> => {
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
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    throw error
  }
  return await pickByInput(what)
}

const pickByInput = (what: 'files' | 'folder'): Promise<GivenFile[] | undefined> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.webkitdirectory = what === 'folder'
    input.onchange = () => {
      const files = [...(input.files ?? [])].filter(({ name }) => what === 'files' || isSourceName(name))
      resolve(files.map((file) => ({ file, handle: null })))
    }
    input.oncancel = () => resolve(undefined)
    input.click()
  })
