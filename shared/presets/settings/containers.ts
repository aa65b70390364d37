/** An mp4, which every player opens. */
export const mp4 = { format: 'mp4', extension: 'mp4', contentType: 'video/mp4' } as const

/** WebM: for VP9 or AV1, and Opus. */
export const webm = { format: 'webm', extension: 'webm', contentType: 'video/webm' } as const
