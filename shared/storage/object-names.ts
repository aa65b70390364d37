/** Where the upload of a task lies in the uploads bucket. The user's file name is never part of an object's name. */
export const sourceObjectName = (taskId: string): string => `sources/${taskId}`

/** The task of an object in the uploads bucket; undefined for an object that is none of ours. */
export const taskIdOfSource = (objectName: string): string | undefined => SOURCE.exec(objectName)?.[1]

/** Everything that is ever stored for a task in the outputs bucket begins with this. */
export const outputPrefix = (taskId: string): string => `outputs/${taskId}/`

/** One output of one attempt: the lease token in the name keeps a stale holder from overwriting another's result. */
export const outputObjectName = (taskId: string, leaseToken: string, fileName: string): string =>
  `${outputPrefix(taskId)}${leaseToken}/${fileName}`

const SOURCE = /^sources\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
