import { registerHooks } from 'node:module'

/**
 * Preloaded into batch (NODE_OPTIONS=--import=...) it takes THE LEASE GUARD out of every write of a holder, to see whether anybody
 * notices. Throws when it is not where it was.
 */
const GUARD = "job('jobs.leaseToken', '=', lease.token),"

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!url.endsWith('/shared/db/jobs/held.ts')) return loaded
    const source = loaded.source instanceof Uint8Array ? Buffer.from(loaded.source).toString() : String(loaded.source)
    if (!source.includes(GUARD)) throw new Error(`the lease guard is not in ${url} any more`)
    return { ...loaded, source: source.replace(GUARD, '') }
  },
})
