import { z } from 'zod'
import { PLAYLIST_TYPE } from '../results/sign-output.ts'
import { taskSchema } from '../tasks/task-schema.ts'
import { arrival } from '../uploads/upload-arrived.ts'
import { uploadSchema } from '../uploads/upload-schema.ts'
import { exampleCues, exampleMaster, exampleQueuedTask, exampleUpload } from './example-values.ts'
import type { Operation } from './operation.ts'

const path = z.object({ taskId: z.uuid().describe('The "id" of the task.') })

/** The routes of the uploads and the streams of tasks, by method and path. */
export const uploadOperations: Record<string, Operation> = {
  'POST /api/tasks/:taskId/upload-url': {
    id: 'renewUploadUrl',
    tag: 'Tasks',
    summary: 'A new upload URL',
    description: 'As long as the task waits for its upload.',
    caller: 'user',
    path,
    answers: {
      200: { description: 'How to upload its file.', schema: uploadSchema, examples: { upload: exampleUpload } },
    },
    errors: ['task_not_found', 'task_state_conflict', 'storage_unavailable'],
  },
  'POST /api/tasks/:taskId/uploaded': {
    id: 'taskUploaded',
    tag: 'Tasks',
    summary: 'Say that its file is there',
    description: 'Queues the task, unless it is another file than that of the checksum. Repeating it changes nothing.',
    caller: 'user',
    path,
    body: { schema: arrival, isOptional: true, examples: { checksum: { crc32c: '4waSgw==' } } },
    answers: { 200: { description: 'The task.', schema: taskSchema, examples: { queued: exampleQueuedTask } } },
    errors: [
      'task_not_found',
      'upload_missing',
      'upload_size_mismatch',
      'upload_checksum_mismatch',
      'queued_upload_damaged',
      'task_state_conflict',
      'storage_unavailable',
    ],
  },
  'GET /api/tasks/:taskId/hls/:playlist': {
    id: 'getPlaylist',
    tag: 'Tasks',
    summary: 'A playlist of a stream, for players',
    description:
      'The URL of the output named "playlist" is that of master.m3u8, with a token; what it names lies beside it, with tokens of their own (RFC 8216): of each size and of the sound a playlist, and of the key frames of each size, for players that wind. Compressed with gzip for whoever accepts that.',
    caller: 'player',
    path: path.extend({
      playlist: z.string().meta({ description: 'master.m3u8, or what it names.', example: 'master.m3u8' }),
    }),
    query: z.object({ token: z.string().describe("From the task's resource, or the master playlist.") }),
    answers: {
      200: {
        description: 'The playlist.',
        contentType: PLAYLIST_TYPE,
        schema: z.string().regex(/^#EXTM3U\n/),
        examples: { master: exampleMaster },
      },
    },
    errors: ['task_not_found', 'not_found', 'storage_unavailable'],
  },
  'GET /api/tasks/:taskId/storyboard.vtt': {
    id: 'getStoryboard',
    tag: 'Tasks',
    summary: 'Pictures of a result, for whoever seeks in it',
    description:
      'Cues that cover the whole result, each with the URL of a picture that holds many, and where in it the one of that moment is: `#xywh=x,y,w,h` (Media Fragments 1.0). The URL can be used for an hour at least.',
    caller: 'user',
    path,
    answers: {
      200: {
        description: 'The cues.',
        contentType: 'text/vtt',
        schema: z.string().regex(/^WEBVTT\n/),
        examples: { 'of two pictures': exampleCues },
      },
    },
    errors: ['task_not_found', 'no_storyboard', 'storage_unavailable'],
  },
}
