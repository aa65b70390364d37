import { invalidArgument } from './rpc-error.ts'

const LARGEST_PAGE = 1000

/**
 * One page of a list in Google's manner: pageSize 0 means as many as the server likes, the token is opaque to clients.
 * Throws INVALID_ARGUMENT for a token that this function did not make.
 */
export const page = <Item>(
  items: readonly Item[],
  request: { pageSize: number; pageToken: string },
): { items: Item[]; nextPageToken: string } => {
  const start = request.pageToken === '' ? 0 : Number(request.pageToken)
  if (!Number.isSafeInteger(start) || start < 0) throw invalidArgument('Invalid page_token')
  const size = Math.min(request.pageSize || LARGEST_PAGE, LARGEST_PAGE)
  const end = start + size
  return { items: items.slice(start, end), nextPageToken: end < items.length ? String(end) : '' }
}
