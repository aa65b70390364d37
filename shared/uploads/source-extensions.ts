/** The containers that batch reads, by the extension of their files. */
export const videoExtensions = [
  'mp4',
  'm4v',
  'mov',
  'qt',
  '3gp',
  '3g2',
  'mkv',
  'webm',
  'ts',
  'mts',
  'm2ts',
  'avi',
  'mpg',
  'mpeg',
  'vob',
  'mod',
  'm2t',
  'tod',
  'dv',
  'flv',
  'f4v',
  'wmv',
  'asf',
  'divx',
  'ogm',
  'ogv',
  'mxf',
  // Names that cameras give to mp4: GoPro's small copies, and two pictures beside each other of Insta360.
  'lrv',
  'insv',
] as const

/** Recordings of sound alone, which batch reads as well. */
export const soundExtensions = [
  ...(['m4a', 'mp3', 'wav', 'flac', 'ogg', 'oga', 'opus', 'aac', 'aif', 'aiff', 'amr'] as const),
  // Audio books, Windows, Matroska and WebM, Apple, discs, Speex, and what came before or beside the others.
  ...(['m4b', 'wma', 'mka', 'weba', 'caf', 'ac3', 'eac3', 'spx', 'mp2', 'wv'] as const),
] as const

/** Pictures that move. As assets they would be taken for pictures that do not. */
export const animationExtensions = ['gif', 'apng'] as const

/** Pictures that stand still, of users' own, before, after and on videos. */
export const pictureExtensions = ['png', 'jpg', 'jpeg', 'webp'] as const
