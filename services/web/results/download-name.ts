/** The name under which a result is saved: the user's file name with the extension of the result. */
export const downloadName = (fileName: string, extension: string): string =>
  `${fileName.replace(/\.[A-Za-z0-9]+$/, '')}.${extension}`
