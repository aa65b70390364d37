import type { UploadRecord } from './upload-record.ts'

/** Where uploads are remembered. All of it is convenience: when it fails, uploads go on, and are forgotten with the page. */
export type UploadStore = {
  /** what is remembered for a user, the oldest first */
  list(userId: string): Promise<UploadRecord[]>
  keep(record: UploadRecord): Promise<void>
  forget(id: string): Promise<void>
}

const DATABASE = 'reelway'
const RECORDS = 'uploads'

/** The store in a browser's IndexedDB; where there is none, as in some private windows, one that lasts as long as the page. */
export const openUploadStore = (factory: IDBFactory | undefined): UploadStore => {
  const opened = openDatabase(factory).then((database) =>
    database === undefined ? storeInMemory() : storeIn(database),
  )
  return {
    list: async (userId) => await (await opened).list(userId),
    keep: async (record) => await (await opened).keep(record),
    forget: async (id) => await (await opened).forget(id),
  }
}

const storeIn = (database: IDBDatabase): UploadStore => {
  const records = (mode: IDBTransactionMode) => database.transaction(RECORDS, mode).objectStore(RECORDS)
  return {
    list: async (userId) => {
      const all: UploadRecord[] = await answered(records('readonly').index('userId').getAll(userId))
      return all.sort((one, other) => one.addedAtMillis - other.addedAtMillis)
    },
    keep: async (record) => void (await answered(records('readwrite').put(record))),
    forget: (id) => answered(records('readwrite').delete(id)),
  }
}

const openDatabase = async (factory: IDBFactory | undefined): Promise<IDBDatabase | undefined> => {
  try {
    const request = factory?.open(DATABASE, 1)
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

const storeInMemory = (): UploadStore => {
  const kept = new Map<string, UploadRecord>()
  return {
    list: async (userId) => [...kept.values()].filter((record) => record.userId === userId),
    keep: async (record) => void kept.set(record.id, record),
    forget: async (id) => void kept.delete(id),
  }
}
