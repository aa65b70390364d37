/** What a record of an upload has, of whatever kind. */
type Kept = { readonly id: string; readonly userId: string; readonly addedAtMillis: number }

/** Where uploads are remembered. All of it is convenience: when it fails, uploads go on, and are forgotten with the page. */
export type UploadStore<Kind extends Kept> = {
  /** what is remembered for a user, the oldest first */
  list(userId: string): Promise<Kind[]>
  keep(record: Kind): Promise<void>
  forget(id: string): Promise<void>
}

const RECORDS = 'uploads'

/** The store in a database of a browser's IndexedDB; where there is none, as in some private windows, one that lasts as long as the page. */
export const openUploadStore = <Kind extends Kept>(
  factory: IDBFactory | undefined,
  name: 'reelway' | 'reelway-assets',
): UploadStore<Kind> => {
  const opened = openDatabase(factory, name).then((database) =>
    database === undefined ? storeInMemory<Kind>() : storeIn<Kind>(database),
  )
  return {
    list: async (userId) => await (await opened).list(userId),
    keep: async (record) => await (await opened).keep(record),
    forget: async (id) => await (await opened).forget(id),
  }
}

const storeIn = <Kind extends Kept>(database: IDBDatabase): UploadStore<Kind> => {
  const records = (mode: IDBTransactionMode) => database.transaction(RECORDS, mode).objectStore(RECORDS)
  return {
    list: async (userId) => {
      const all: Kind[] = await answered(records('readonly').index('userId').getAll(userId))
      return all.sort((one, other) => one.addedAtMillis - other.addedAtMillis)
    },
    keep: async (record) => void (await answered(records('readwrite').put(record))),
    forget: (id) => answered(records('readwrite').delete(id)),
  }
}

const openDatabase = async (factory: IDBFactory | undefined, name: string): Promise<IDBDatabase | undefined> => {
  try {
    const request = factory?.open(name, 1)
    if (request === undefined) return undefined
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RECORDS, { keyPath: 'id' }).createIndex('userId', 'userId')
    }
    return await answered(request)
  } catch {
    return undefined
  }
}

const answered = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const storeInMemory = <Kind extends Kept>(): UploadStore<Kind> => {
  const kept = new Map<string, Kind>()
  return {
    list: async (userId) => [...kept.values()].filter((record) => record.userId === userId),
    keep: async (record) => void kept.set(record.id, record),
    forget: async (id) => void kept.delete(id),
  }
}
