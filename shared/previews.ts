/** A picture in the outputs bucket, in one generation. */
export type StoredPicture = { objectName: string; generation: string; contentType: string }

/** A still of a result, twice: the same picture as JPEG and as WebP. Sizes in pixels. */
export type Poster = { jpeg: StoredPicture; webp: StoredPicture; width: number; height: number }

/** Small pictures of moments of a result, in one: row by row, `columns` in a row. Sizes of one of them, in pixels. */
export type Storyboard = {
  sprite: StoredPicture
  tileWidth: number
  tileHeight: number
  columns: number
  /** Of each picture, where in the result it begins to stand, in ascending order; the first at 0. */
  startsMillis: number[]
  /** The length of the result. */
  endMillis: number
}

/** What is shown of the result of a completed task before it is played. null: there is none. */
export type Previews = { poster: Poster | null; storyboard: Storyboard | null }

/** All pictures of previews. */
export const picturesIn = (previews: Previews | null): StoredPicture[] => {
  const { poster = null, storyboard = null } = previews ?? {}
  return [...(poster === null ? [] : [poster.jpeg, poster.webp]), ...(storyboard === null ? [] : [storyboard.sprite])]
}
