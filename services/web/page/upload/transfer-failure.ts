/** Why a transfer cannot go on by itself. */
export type TransferFailure =
  /** an answer of our API, by its stable code, with its sentence */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** the storage does not take the file */
  | { readonly kind: 'storage-refused'; readonly status: number }
  /** the storage's CORS rules hide the header Range, without which a page would send the file from its start for ever */
  | { readonly kind: 'range-hidden' }
  /** the file cannot be read any more: it was changed, moved or is on a medium that is gone */
  | { readonly kind: 'unreadable' }
  /** a part of the page that is needed cannot be loaded: the network is away, or there is a newer release */
  | { readonly kind: 'not-loaded' }
