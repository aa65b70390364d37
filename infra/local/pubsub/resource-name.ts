import { invalidArgument } from './rpc-error.ts'

// Letters, digits and -_.~+% after a first letter, 3 to 255 characters in all [google.pubsub.v1.Topic.name].
const RESOURCE_ID = /^[A-Za-z][A-Za-z0-9\-_.~+%]{2,254}$/
const PROJECT = /^projects\/[^/]+$/

/** Refuses, with INVALID_ARGUMENT, what is not projects/P/topics/T by the rule of google.pubsub.v1.Topic.name. */
export const checkTopicName = (name: string): void => checkResourceName('topics', name)

/** Refuses, with INVALID_ARGUMENT, what is not projects/P/subscriptions/S by the rule of google.pubsub.v1.Subscription.name. */
export const checkSubscriptionName = (name: string): void => checkResourceName('subscriptions', name)

/** Refuses, with INVALID_ARGUMENT, what is not projects/P. */
export const checkProjectName = (name: string): void => {
  if (!PROJECT.test(name)) throw invalidArgument(`Invalid project name: (name=${name})`)
}

/** The last part of a resource name: projects/P/subscriptions/S gives S. */
export const shortId = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** The project id of a resource name: projects/P/subscriptions/S gives P. */
export const projectId = (name: string): string => name.split('/')[1] ?? ''

const checkResourceName = (collection: 'topics' | 'subscriptions', name: string): void => {
  const [projects, project, found, id, ...rest] = name.split('/')
  const wellFormed = projects === 'projects' && project !== undefined && project !== '' && found === collection
  if (!wellFormed || rest.length > 0 || id === undefined || !RESOURCE_ID.test(id) || id.startsWith('goog')) {
    throw invalidArgument(`Invalid [${collection}] name: (name=${name})`)
  }
}
