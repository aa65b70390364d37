import { announcement } from './announce.ts'

/** Where announcements are put: in turn into one of two, so that the same text is said again. */
export const LiveRegion = () => {
  const { text, count } = announcement.value
  return (
    <div class="unseen">
      <p role="status">{count % 2 === 0 ? text : ''}</p>
      <p role="status">{count % 2 === 1 ? text : ''}</p>
    </div>
  )
}
