/** Videos, sound, and the pictures that can be assets. */
const KNOWN = /^(video|audio)\/|^image\/(png|jpeg|webp)$/

/** What a file is announced as: what the browser does not know, or takes for text by its name (.ts), is found out when it is read. */
export const contentTypeOf = ({ type }: Pick<File, 'type'>): string =>
  KNOWN.test(type) ? type : 'application/octet-stream'
