/** Where the upload of a task lies in the uploads bucket. The user's file name is never part of an object's name. */
export const sourceObjectName = (taskId: string): string => `sources/${taskId}`

/** Where the upload lies that a task converts: its own, or that of another one. */
export const sourceObjectOf = ({ id, sourceTaskId }: { id: string; sourceTaskId: string | null }): string =>
  sourceObjectName(sourceTaskId ?? id)

/** The task of an object in the uploads bucket; undefined for an object that is none of ours. */
export const taskIdOfSource = (objectName: string): string | undefined => SOURCE.exec(objectName)?.[1]

/** Where a picture or clip of a user's own lies in the uploads bucket. */
export const assetObjectName = (assetId: string): string => `assets/${assetId}`

/** The asset of an object in the uploads bucket; undefined for an object of another kind. */
export const assetIdOf = (objectName: string): string | undefined => ASSET.exec(objectName)?.[1]

/** Everything that is ever stored for a task in the outputs bucket begins with this. */
export const outputPrefix = (taskId: string): string => `outputs/${taskId}/`

/** One output of one attempt: the lease token in the name keeps a stale holder from overwriting another's result. */
export const outputObjectName = (taskId: string, leaseToken: string, fileName: string): string =>
  `${outputPrefix(taskId)}${leaseToken}/${fileName}`

/** The task of an object among the outputs; undefined for an object of another kind. */
export const taskIdOfOutput = (objectName: string): string | undefined => OUTPUT.exec(objectName)?.[1]

/** All parts of a task, in the outputs bucket: apart from its outputs, so that the bucket can forget what everybody forgot. */
export const partPrefix = (taskId: string): string => `parts/${taskId}/`

/** One part as one holder made it. */
export const partObjectName = (taskId: string, partId: string, leaseToken: string): string =>
  `${partPrefix(taskId)}${partId}/${leaseToken}.mp4`

const SOURCE = /^sources\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
const OUTPUT = /^outputs\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\//
const ASSET = /^assets\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
