/**
 * The name under which a result is saved: the user's file name with the extension of the result. Without the characters that turn
 * the direction of what follows (Unicode UAX #9, 2): "a\u202egpj.mp4" would be shown as a4pm.jpg.
 */
export const downloadName = (fileName: string, extension: string): string =>
  `${fileName.replace(/\.[A-Za-z0-9]+$/, '').replace(DIRECTION, '')}.${extension}`

const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
