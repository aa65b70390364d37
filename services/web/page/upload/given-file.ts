/** A file that was dropped, picked or pasted, with a handle to get it again where the browser gives one. */
export type GivenFile = { readonly file: File; readonly handle: FileSystemFileHandle | null }
