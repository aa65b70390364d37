import { signal } from '@preact/signals'

/** The ids of the tasks whose upload is shown already: the list of tasks need not show them, too, as long as they wait for it. */
export const tasksUnderWay = signal<ReadonlySet<string>>(new Set())
