import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { z } from 'zod'
import type { SessionResource } from '../accounts/session-schema.ts'
import type { TokensAnswer } from '../accounts/tokens-schema.ts'
import type { UserResource } from '../accounts/user-schema.ts'
import type { AssetResource } from '../assets/asset-schema.ts'
import { describePreset } from '../presets/describe-preset.ts'
import { TYPICAL_SOURCE } from '../presets/expect-result.ts'
import { describeOption } from '../presets/list-presets.ts'
import type { PresetsAnswer } from '../presets/preset-schema.ts'
import type { TaskResource, taskSchema } from '../tasks/task-schema.ts'
import type { UploadInstructions } from '../uploads/upload-schema.ts'

const TASK_ID = '0198c0de-7a3b-7d42-9f3e-2b6a1c5d4e3f'
const ASSET_ID = '0198c0de-9c10-7f21-8a44-6d5e4f3a2b1c'

export const exampleUser: UserResource = {
  id: '0198c0dd-1f2e-7c3b-8d4a-5e6f7a8b9c0d',
  username: 'ana',
  email: 'ana@example.com',
}

export const exampleSession: SessionResource = { user: exampleUser, expiresAt: '2026-12-10T10:00:00.000Z' }

export const exampleTokens: TokensAnswer = {
  accessToken: 'eyJhbGciOiJIUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIwMTk4YzBkZCJ9.c2lnbmF0dXJl',
  tokenType: 'Bearer',
  expiresIn: 900,
  refreshToken: 'kq3l0m8Yw1v9b4Ssn7tGdQe5Jr2ZxUoP6cAhVfNiTyE',
}

/** The body of POST /api/tasks for a video. */
export const exampleNewTask = {
  fileName: 'flight.mp4',
  contentType: 'video/mp4',
  sizeBytes: 48_213_377,
  preset: 'mp4-720p',
  options: { trim: { startSeconds: 4, durationSeconds: 30 } },
}

/** The body of POST /api/tasks that converts again what is there. */
export const exampleNewConversion = { sourceTaskId: TASK_ID, preset: 'webm-720p', options: { quality: 'small' } }

/** The body of POST /api/assets. */
export const exampleNewAsset = { fileName: 'logo.png', contentType: 'image/png', sizeBytes: 20_480 }

const options: z.infer<typeof taskSchema>['options'] = {
  trim: { startSeconds: 4, durationSeconds: 30, atKeyframes: false },
}

export const exampleWaitingTask: TaskResource = {
  id: TASK_ID,
  status: 'awaiting_upload',
  progress: 0,
  fileName: 'flight.mp4',
  contentType: 'video/mp4',
  sourceTaskId: null,
  preset: 'mp4-720p',
  options,
  sizeBytes: 48_213_377,
  attempts: 0,
  error: null,
  source: null,
  outputs: [],
  poster: null,
  storyboard: null,
  createdAt: '2026-11-26T10:00:00.000Z',
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
}

export const exampleQueuedTask: TaskResource = {
  ...exampleWaitingTask,
  status: 'queued',
  queuedAt: '2026-11-26T10:01:30.000Z',
}

export const exampleTask: TaskResource = {
  ...exampleQueuedTask,
  status: 'completed',
  progress: 1,
  attempts: 1,
  source: {
    container: 'mp4',
    durationSeconds: 61.2,
    width: 1920,
    height: 1080,
    frameRate: 60,
    videoCodec: 'h264',
    audioCodec: 'aac',
    audioChannels: 2,
    audioSampleRateHz: 48_000,
  },
  outputs: [
    {
      name: 'video',
      contentType: 'video/mp4',
      sizeBytes: 9_912_004,
      width: 1280,
      height: 720,
      durationSeconds: 30,
      copied: false,
      startsAtSeconds: null,
      url: 'https://storage.googleapis.com/outputs/flight.mp4?X-Goog-Signature=6a7b',
      expiresAt: '2026-11-26T12:00:00.000Z',
    },
  ],
  poster: {
    url: 'https://storage.googleapis.com/outputs/poster.jpg?X-Goog-Signature=6a7b',
    webpUrl: 'https://storage.googleapis.com/outputs/poster.webp?X-Goog-Signature=6a7b',
    width: 1280,
    height: 720,
    expiresAt: '2026-11-26T12:00:00.000Z',
  },
  storyboard: { url: `/api/tasks/${TASK_ID}/storyboard.vtt`, tileWidth: 160, tileHeight: 90, tiles: 15 },
  startedAt: '2026-11-26T10:01:31.000Z',
  finishedAt: '2026-11-26T10:01:52.000Z',
}

export const exampleFailedTask: TaskResource = {
  ...exampleQueuedTask,
  status: 'failed',
  attempts: 1,
  error: {
    code: 'not_a_video',
    message:
      'The file is not a video that can be read. It is damaged, or no video in spite of its name. Check that it plays on your device, and upload it again as mp4, mov, webm or mkv.',
  },
  startedAt: '2026-11-26T10:01:31.000Z',
  finishedAt: '2026-11-26T10:01:32.000Z',
}

export const exampleUpload: UploadInstructions = {
  type: 'resumable',
  method: 'POST',
  url: `https://storage.googleapis.com/uploads/${TASK_ID}?X-Goog-Signature=6a7b`,
  headers: {
    'content-type': 'video/mp4',
    'x-goog-content-length-range': '48213377,48213377',
    'x-goog-if-generation-match': '0',
    'x-goog-resumable': 'start',
  },
  expiresAt: '2026-11-26T11:00:00.000Z',
}

export const exampleWaitingAsset: AssetResource = {
  id: ASSET_ID,
  status: 'awaiting_upload',
  kind: 'picture',
  fileName: 'logo.png',
  contentType: 'image/png',
  sizeBytes: 20_480,
  error: null,
  url: null,
  expiresAt: null,
  createdAt: '2026-11-26T09:58:00.000Z',
}

export const exampleAsset: AssetResource = {
  ...exampleWaitingAsset,
  status: 'ready',
  url: 'https://storage.googleapis.com/uploads/logo.png?X-Goog-Signature=6a7b',
  expiresAt: '2026-11-26T12:00:00.000Z',
}

/** One of the presets, with one of its options: all would hide what they are like. */
export const examplePresets = (): PresetsAnswer => ({
  data: [describePreset(presets['mp4-720p'])],
  options: { trim: describeOption('trim') },
  expectedOf: TYPICAL_SOURCE,
})

export const exampleMaster = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2400000,CODECS="avc1.64001f",RESOLUTION=1280x720,FRAME-RATE=30.000,CLOSED-CAPTIONS=NONE
720p.m3u8?token=eyJhbGciOiJIUzI1NiJ9
`

export const exampleEvents = `retry: 2250

id: 1795695715642-1250
event: ready
data: {}

id: 1795695715642-1259
event: task-removed
data: {"id":"${TASK_ID}"}

`

export const exampleCues = `WEBVTT

00:00:00.000 --> 00:00:02.000
https://storage.googleapis.com/outputs/storyboard.jpg?X-Goog-Signature=6a7b#xywh=0,0,160,90

00:00:02.000 --> 00:00:04.000
https://storage.googleapis.com/outputs/storyboard.jpg?X-Goog-Signature=6a7b#xywh=160,0,160,90
`
