/** The part of the service that a request is for; "media" are downloads, "upload" single uploads, "resumable" sessions. */
export type FaultApi = 'json' | 'xml' | 'media' | 'upload' | 'resumable'

/** What goes wrong. Bytes are bytes of the body: of the download, or of the upload. */
export type FaultAction =
  /** Answers with this status at once and does nothing else. */
  | { kind: 'status'; status: number }
  /** Breaks the connection after this many bytes. */
  | { kind: 'cut'; afterBytes: number }
  /** Ends a download after this many bytes as if that were all: no length is announced. Downloads only. */
  | { kind: 'truncate'; afterBytes: number }
  /** Goes silent for `ms` after this many bytes (none, when not given), then goes on. */
  | { kind: 'stall'; ms: number; afterBytes?: number }
  /** Starts to work only after `ms`. */
  | { kind: 'delay'; ms: number }
  /** Does all the work, then breaks the connection in place of the answer. */
  | { kind: 'lose-answer' }

export type Fault = {
  match: {
    method?: string
    api?: FaultApi
    /** Tested against "BUCKET/OBJECT". */
    object?: RegExp
  }
  /** How many requests it hits; 1 when not given. */
  times?: number
  action: FaultAction
}

/** What of a request faults are matched against. */
export type FaultSubject = { method: string; apis: readonly FaultApi[]; object: string }

/** Injected faults and counters of what was served. */
export type StorageFaults = {
  /** The first fault added that matches a request hits it; one request is hit by one fault. */
  add(fault: Fault): void
  /** Removes all faults that have not struck; counters stay. */
  clear(): void
  /** Body bytes sent and requests answered (or begun) for an object's content, in any generation. */
  served(bucket: string, object: string): { bytes: number; requests: number }
  /** How many requests of any kind arrived, preflights included. */
  requests(): number
}

/** The server's side of the same. */
export type FaultRegister = StorageFaults & {
  /** Uses up one strike of the first matching fault. */
  strike(subject: FaultSubject): FaultAction | undefined
  countRequest(): void
  countServed(bucket: string, object: string, add: { bytes: number; requests: number }): void
}

/** Starts with no faults and all counters at nothing. */
export const createFaultRegister = (): FaultRegister => {
  let pending: { fault: Fault; left: number }[] = []
  const servedByObject = new Map<string, { bytes: number; requests: number }>()
  let requests = 0
  return {
    add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      pending = []
    },
    served: (bucket, object) => ({ ...(servedByObject.get(`${bucket}/${object}`) ?? { bytes: 0, requests: 0 }) }),
    requests: () => requests,
    strike(subject) {
      const hit = pending.find(({ fault, left }) => left > 0 && matches(fault, subject))
      if (hit === undefined) return undefined
      hit.left -= 1
      return hit.fault.action
    },
    countRequest: () => {
      requests += 1
    },
    countServed(bucket, object, add) {
      const key = `${bucket}/${object}`
      const before = servedByObject.get(key) ?? { bytes: 0, requests: 0 }
      servedByObject.set(key, { bytes: before.bytes + add.bytes, requests: before.requests + add.requests })
    },
  }
}

const matches = ({ match }: Fault, subject: FaultSubject): boolean =>
  (match.method === undefined || match.method.toUpperCase() === subject.method) &&
  (match.api === undefined || subject.apis.includes(match.api)) &&
  (match.object === undefined || match.object.test(subject.object))
