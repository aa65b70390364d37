import type { AudioFacts, SourceFacts, VideoFacts } from '@reelway/batch/probe/source-facts.ts'

/** The facts of an ordinary clip, 1080p60 with sound, with some of them changed. */
export const someFacts = (
  changes: {
    video?: Partial<VideoFacts>
    audio?: Partial<AudioFacts> | null
    durationSeconds?: number
    tags?: SourceFacts['tags']
  } = {},
): SourceFacts & { video: VideoFacts } => ({
  container: 'mp4',
  durationSeconds: changes.durationSeconds ?? 60,
  coverIndex: null,
  video: {
    index: 0,
    codec: 'h264',
    profile: 'High',
    bitsPerSecond: 9_000_000,
    level: 42,
    codecTag: 'avc1',
    codedWidth: 1920,
    codedHeight: 1080,
    displayWidth: 1920,
    displayHeight: 1080,
    rotationDegrees: 0,
    sampleAspectRatio: { num: 1, den: 1 },
    pixelFormat: 'yuv420p',
    averageFrameRate: { num: 60, den: 1 },
    baseFrameRate: { num: 60, den: 1 },
    fieldOrder: 'progressive',
    colourRange: null,
    colourSpace: null,
    colourTransfer: null,
    colourPrimaries: null,
    brightestNits: null,
    dolbyVision: null,
    hasAlphaTrack: false,
    seenFields: null,
    clockLeaps: false,
    startSeconds: 0,
    endSeconds: 60,
    endKnownFrom: 'video-stream',
    ...changes.video,
  },
  audio:
    changes.audio === null
      ? null
      : {
          index: 1,
          codec: 'aac',
          profile: 'LC',
          bitsPerSecond: 128_000,
          channels: 2,
          sampleRateHz: 48000,
          startSeconds: 0,
          language: null,
          endSeconds: 60,
          endKnownFrom: 'stream',
          bitsPerSample: null,
          ...changes.audio,
        },
  tags: changes.tags ?? {},
})
