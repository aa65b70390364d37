import type { GivenFile } from './given-file.ts'
import { isSourceName } from './is-source-name.ts'

// The draft "File System Access" names these; TypeScript's DOM types do not have them yet.
type HandleItem = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }
type WalkableFolder = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> }

/** True when what is dragged, or was pasted, has files in it: text and links are none of our business. */
export const holdsFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') ?? false

/**
 * The files in what was dropped or pasted, and of folders, however deep, those that may be converted. To be called in the event itself: what it
 * holds is gone after that. Where the browser has handles, each file has one, so that it can be opened again after a reload.
 */
export const readDrop = async (transfer: DataTransfer | null): Promise<GivenFile[]> => {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file')
  const found = await Promise.all(items.map(readItem))
  return found.flat()
}

const readItem = (item: HandleItem): Promise<GivenFile[]> => {
  // Both are asked for at once: after a wait the item is empty.
  const entry = item.webkitGetAsEntry()
  const file = item.getAsFile()
  const handle = item.getAsFileSystemHandle?.()
  const fromEntry = () =>
    entry === null ? Promise.resolve(file === null ? [] : [{ file, handle: null }]) : readEntry(entry)
  if (handle === undefined) return fromEntry()
  // Of what is no file of a disk, as a picture that was copied, Chromium says undefined instead of null.
  return handle.then((found) => (found ? readHandle(found) : fromEntry()), fromEntry)
}

/** The file of a handle; of a folder, those below it that may be converted. What is in a folder and cannot be opened is left out. */
export const readHandle = async (handle: FileSystemHandle): Promise<GivenFile[]> => {
  if (isFile(handle)) return [{ file: await handle.getFile(), handle }]
  if (!isFolder(handle)) return []
  const found: GivenFile[] = []
  for await (const child of handle.values()) {
    if (isFile(child) && !isSourceName(child.name)) continue
    found.push(...(await readHandle(child).catch(() => [])))
  }
  return found
}

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file'
const isFolder = (handle: FileSystemHandle): handle is WalkableFolder => handle.kind === 'directory'

const readEntry = async (entry: FileSystemEntry): Promise<GivenFile[]> => {
  if (isFileEntry(entry))
    return [{ file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), handle: null }]
  if (!isFolderEntry(entry)) return []
  const reader = entry.createReader()
  const found: GivenFile[] = []
  // It gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    for (const child of some) {
      if (child.isFile && !isSourceName(child.name)) continue
      found.push(...(await readEntry(child).catch(() => [])))
    }
  }
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolderEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
