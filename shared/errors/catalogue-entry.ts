/** What one error means to HTTP clients, to Pub/Sub and to the person who reads it. */
export type CatalogueEntry = {
  /** HTTP status of the answer when the error ends a request. */
  status: number
  /** permanent: trying again changes nothing, tell the user. transient: the next delivery may succeed. */
  kind: 'permanent' | 'transient'
  /** Short and constant: the `title` of RFC 9457. */
  title: string
  /** What happened and what to do about it; {name} stands for a parameter. */
  detail: string
}
