import { z } from 'zod'
import { newTask } from '../tasks/begin-task.ts'
import { taskChange } from '../tasks/change-task.ts'
import { newConversion } from '../tasks/convert-again.ts'
import { taskListQuery } from '../tasks/list-tasks.ts'
import { createdTaskSchema, taskListSchema, taskSchema } from '../tasks/task-schema.ts'
import {
  exampleEvents,
  exampleFailedTask,
  exampleNewConversion,
  exampleNewTask,
  exampleQueuedTask,
  exampleTask,
  exampleUpload,
  exampleWaitingTask,
} from './example-values.ts'
import type { Operation } from './operation.ts'
import { repeatable, resuming, waiting } from './request-headers.ts'

const path = z.object({ taskId: z.uuid().describe('The "id" of the task.') })

/** The routes that make, show and end tasks, by method and path. */
export const taskOperations: Record<string, Operation> = {
  'GET /api/tasks': {
    id: 'listTasks',
    tag: 'Tasks',
    summary: 'Your tasks, page by page',
    caller: 'user',
    query: taskListQuery,
    answers: {
      200: {
        description: 'A page of them.',
        headers: ['Link'],
        schema: taskListSchema,
        examples: { 'the only page': { data: [exampleTask, exampleFailedTask], nextCursor: null } },
      },
    },
    errors: ['storage_unavailable'],
  },
  'POST /api/tasks': {
    id: 'createTask',
    tag: 'Tasks',
    summary: 'Make a task',
    description:
      'With the name, type and size of a file: the answer says how to upload it, straight to the storage. Or with the id of another task: what that one was made of is converted again, and nothing is uploaded.',
    caller: 'user',
    header: repeatable,
    body: {
      schema: z.union([newTask, newConversion]),
      examples: { 'of a file': exampleNewTask, 'of what another task has': exampleNewConversion },
    },
    answers: {
      201: {
        description: 'The task, and how to upload its file.',
        headers: ['Location', 'Idempotent-Replayed'],
        schema: createdTaskSchema,
        examples: {
          'of a file': { task: exampleWaitingTask, upload: exampleUpload },
          'of what another task has': { task: { ...exampleQueuedTask, sourceTaskId: exampleTask.id }, upload: null },
        },
      },
    },
    errors: [
      'unsupported_file_type',
      'file_too_large',
      'idempotency_key_reused',
      'task_state_conflict',
      'no_picture',
      'no_sound',
      'trim_outside_video',
      'crop_outside_picture',
      'storage_unavailable',
    ],
  },
  'GET /api/tasks/events': {
    id: 'streamTasks',
    tag: 'Tasks',
    summary: 'Your tasks while they change',
    description:
      'Server-Sent Events: first "ready", then "task" with a task as GET answers it, "task-removed" with its id, or "reload" when what was missed cannot be told. With Last-Event-ID it goes on from there. It ends after ten minutes at most: come back.',
    caller: 'user',
    header: resuming,
    answers: {
      200: {
        description: 'The stream.',
        contentType: 'text/event-stream',
        schema: z.string().regex(/^retry: \d+\n\n/),
        examples: { 'a task that is removed': exampleEvents },
      },
    },
    errors: ['too_many_streams', 'storage_unavailable'],
  },
  'GET /api/tasks/:taskId': {
    id: 'getTask',
    tag: 'Tasks',
    summary: 'A task, now or when it changes',
    caller: 'user',
    path,
    header: waiting,
    answers: {
      200: {
        description: 'The task. Its results have download URLs.',
        headers: ['ETag', 'Preference-Applied'],
        schema: taskSchema,
        examples: { completed: exampleTask, queued: exampleQueuedTask, failed: exampleFailedTask },
      },
      304: { description: 'It is as you know it.', headers: ['ETag', 'Preference-Applied'] },
    },
    errors: ['task_not_found', 'storage_unavailable'],
  },
  'PATCH /api/tasks/:taskId': {
    id: 'changeTask',
    tag: 'Tasks',
    summary: 'Change what a task will make',
    description:
      'As long as the last byte of its upload has not been sent: preset and options, which belong together, or the checksum of its file.',
    caller: 'user',
    path,
    body: {
      schema: taskChange,
      examples: { preset: { preset: 'mp4-1080p', options: {} }, checksum: { crc32c: '4waSgw==' } },
    },
    answers: { 200: { description: 'The task.', schema: taskSchema, examples: { waiting: exampleWaitingTask } } },
    errors: ['task_not_found', 'task_state_conflict', 'storage_unavailable'],
  },
  'DELETE /api/tasks/:taskId': {
    id: 'deleteTask',
    tag: 'Tasks',
    summary: 'Remove a task',
    description: 'In whatever state, with its results; and its upload, unless other tasks convert that, too.',
    caller: 'user',
    path,
    answers: { 204: { description: 'Removed.' } },
    errors: ['task_not_found'],
  },
  'POST /api/tasks/:taskId/cancel': {
    id: 'cancelTask',
    tag: 'Tasks',
    summary: 'Stop a task',
    description: 'As long as it has not settled.',
    caller: 'user',
    path,
    answers: {
      200: {
        description: 'The task.',
        schema: taskSchema,
        examples: { cancelled: { ...exampleQueuedTask, status: 'cancelled', finishedAt: exampleTask.finishedAt } },
      },
    },
    errors: ['task_not_found', 'task_state_conflict', 'storage_unavailable'],
  },
  'POST /api/tasks/:taskId/retry': {
    id: 'retryTask',
    tag: 'Tasks',
    summary: 'Convert it again',
    description: 'After it failed or was cancelled, with the upload that is there.',
    caller: 'user',
    path,
    answers: { 200: { description: 'The task.', schema: taskSchema, examples: { queued: exampleQueuedTask } } },
    errors: ['task_not_found', 'task_state_conflict', 'storage_unavailable'],
  },
}
