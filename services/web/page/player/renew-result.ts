import type { TaskResource } from '../../tasks/task-schema.ts'
import { answerCall } from '../upload/answer-call.ts'
import { callPatiently } from '../upload/call-patiently.ts'

type Result = { task: TaskResource; output: TaskResource['outputs'][number] }

/**
 * A result with the addresses that are good now. It waits out a lost network, and a session that has ended. undefined: it is gone, or `signal`
 * says that nobody wants it any more.
 */
export const renewResult = async ({ task, output }: Result, signal: AbortSignal): Promise<Result | undefined> => {
  try {
    const ask = () => answerCall<TaskResource>({ path: `/api/tasks/${task.id}`, signal })
    const answer = await callPatiently(ask, signal)
    if (answer.kind === 'refused') return undefined
    const found = answer.value.outputs.find(({ name }) => name === output.name)
    return found && { task: answer.value, output: found }
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}
