import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  type Answer,
  type Client,
  created,
  describeFile,
  type NewTask,
  type Task,
  uploadFile,
} from '../support/client.ts'

const PATIENCE_MILLIS = 180_000
const PAUSE_MILLIS = 300

const taskAnswer = z.looseObject({ id: z.string(), status: z.string() })
const taskPage = z.object({ data: z.array(created.shape.task), nextCursor: z.string().nullable() })
const conflict = z.object({ code: z.string() })

/** An owner of tasks who does not give up when the service, its database or the storage is away for a while. */
export type PatientClient = {
  /** Makes a task exactly once, however often the request must be repeated. */
  createTask(path: string, key: string, options: NewTask): Promise<string>
  /** Uploads the file of a task, with new URLs until it is there or not wanted any more. */
  upload(taskId: string, path: string): Promise<void>
  /** Says that it is there. */
  sayUploaded(taskId: string): Promise<void>
  /** True when it was done, false when the task was in a state that does not allow it. */
  act(taskId: string, action: 'cancel' | 'retry' | 'delete'): Promise<boolean>
  /** All tasks of the account. */
  list(): Promise<Task[]>
}

/** @param client has an account and is logged in */
export const patientClient = (client: Client): PatientClient => {
  const ask = (...call: Parameters<Client['call']>): Promise<Answer> =>
    untilAnswered(`${call[0]} ${call[1]}`, async () => {
      const answer = await client.call(...call)
      return answer.status < 500 && answer.status !== 429 ? answer : undefined
    })
  const list = async (cursor?: string): Promise<Task[]> => {
    const answer = await ask('GET', `/api/tasks?limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    const page = taskPage.parse(answer.body)
    return page.nextCursor === null ? page.data : [...page.data, ...(await list(page.nextCursor))]
  }
  return {
    createTask: async (path, key, options) => {
      const body = await describeFile(path, options)
      const answer = await ask('POST', '/api/tasks', body, { 'idempotency-key': key })
      return created.parse(answer.body).task.id
    },
    upload: async (taskId, path) => {
      await untilAnswered(`upload of ${taskId}`, async () => {
        const answer = await ask('POST', `/api/tasks/${taskId}/upload-url`)
        if (answer.status !== 200) return answer
        await uploadFile(created.shape.upload.unwrap().parse(answer.body), path).catch((error: unknown) => {
          // 412: an earlier try arrived, and only its answer was lost.
          if (!(error instanceof Error && error.message.startsWith('upload: 412'))) throw error
        })
        return answer
      })
    },
    sayUploaded: async (taskId) => {
      await untilAnswered(`uploaded ${taskId}`, async () => {
        const { status, body } = await ask('POST', `/api/tasks/${taskId}/uploaded`)
        if (status === 200) return taskAnswer.parse(body).id
        throw new Error(JSON.stringify(body))
      })
    },
    act: async (taskId, action) => {
      const [method, path] = action === 'delete' ? ['DELETE', ''] : ['POST', `/${action}`]
      const { status, body } = await ask(method ?? '', `/api/tasks/${taskId}${path}`)
      if (status === 200 || status === 204) return true
      // An answer that got lost, and the repetition found it done; or the task was faster.
      const { code } = conflict.parse(body)
      if (code === 'task_state_conflict' || (action === 'delete' && code === 'task_not_found')) return false
      throw new Error(`${action} ${taskId}: ${status} ${code}`)
    },
    list: () => list(),
  }
}

/** Does something until it gives a value, whatever it throws meanwhile. Throws its last failure after some minutes. */
const untilAnswered = async <Value>(what: string, work: () => Promise<Value | undefined>): Promise<Value> => {
  const deadline = Date.now() + PATIENCE_MILLIS
  for (;;) {
    let failure: unknown
    try {
      const value = await work()
      if (value !== undefined) return value
    } catch (error) {
      failure = error
    }
    if (Date.now() > deadline) throw new Error(`no answer: ${what}`, { cause: failure })
    await sleep(PAUSE_MILLIS)
  }
}
