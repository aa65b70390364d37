/** Where a page of a list ends: the next one begins after this row. */
export type ListPosition = { createdAt: Date; id: string }
