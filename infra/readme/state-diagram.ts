import { statusesBefore, taskStatuses } from '@reelway/shared/task-status.ts'

/** The states of a task as a Mermaid diagram, from the table that guards every transition. */
export const stateDiagram = (): string =>
  [
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> awaiting_upload',
    ...taskStatuses.flatMap((status) => statusesBefore(status).map((before) => `  ${before} --> ${status}`)),
    '```',
  ].join('\n')
