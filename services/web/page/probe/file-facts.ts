/** What a file says of itself. */
export type FileFacts = {
  readonly durationSeconds: number | null
  /** as it is seen: upright, with square pixels; null without a picture */
  readonly width: number | null
  readonly height: number | null
  readonly videoCodec: string | null
  readonly audioCodec: string | null
  /** null: the probe does not know all that may be in files of this kind */
  readonly hasPicture: boolean | null
  readonly hasSound: boolean | null
}
