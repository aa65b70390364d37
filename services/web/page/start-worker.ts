/**
 * Starts a module worker of the page's own. The page's policy of Trusted Types lets nothing else be run: `url` is what Vite gives for
 * `import url from './worker.ts?worker&url'`. Throws for an address of another origin.
 */
export const startWorker = (url: string): Worker => new Worker(trusted(url), { type: 'module' })

/** The name of the one policy that the content security policy allows (services/web/site/page-headers.ts). */
const POLICY = 'reelway'

type Policy = { createScriptURL(url: string): string }
declare const trustedTypes: { createPolicy(name: string, rules: Policy): Policy } | undefined

let policy: Policy | undefined

const trusted = (url: string): string => {
  const rules: Policy = { createScriptURL: requireOwn }
  policy ??= typeof trustedTypes === 'undefined' ? rules : trustedTypes.createPolicy(POLICY, rules)
  return policy.createScriptURL(url)
}

const requireOwn = (url: string): string => {
  const { origin, href } = new URL(url, location.href)
  if (origin !== location.origin) throw new TypeError('A worker must come from the page itself.')
  return href
}
