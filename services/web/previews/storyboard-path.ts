/** Where the storyboard of a task is, in this API. */
export const storyboardPath = (taskId: string): string => `/api/tasks/${taskId}/storyboard.vtt`
