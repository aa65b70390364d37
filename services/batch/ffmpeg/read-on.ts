// Only the sound is asked for: ffmpeg would hang up and ask anew for each stretch of it, some thousand times an hour, each of
// which takes the storage longer than to send what lies between.
const READ_ON_BYTES = 16 * 1024 * 1024

/** The option of an input of which only the sound is used. */
export const readOn: readonly string[] = ['-short_seek_size', String(READ_ON_BYTES)]
