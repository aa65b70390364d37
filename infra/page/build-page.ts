import { join, relative } from 'node:path'
import { build, type Plugin } from 'vite'

/** What people open. */
const PAGES = ['index.html', 'docs.html']

/**
 * Builds the page from `root`/services/web/page into `directory` by Vite, and returns the files of the repository that it was made of,
 * relative to `root`. No configuration file: this is all of it.
 */
export const buildPage = async (root: string, directory: string): Promise<string[]> => {
  const sources = new Set<string>()
  await build({
    configFile: false,
    root: join(root, 'services/web/page'),
    envDir: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [notedSources(root, sources)],
    // Workers are modules of their own, with chunks.
    worker: { format: 'es', plugins: () => [notedSources(root, sources)] },
    build: {
      outDir: directory,
      emptyOutDir: true,
      rolldownOptions: { input: PAGES.map((page) => join(root, 'services/web/page', page)) },
      target: 'es2023',
      // Nothing may be inline under the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // hls.js and the probe, which come when they are wanted; a test watches the first load.
      chunkSizeWarningLimit: 1_000,
    },
  })
  return [...sources].sort()
}

/** Notes what is read, but for packages, which are in the lock file, and what Vite puts in the place of Node's modules. */
const notedSources = (root: string, sources: Set<string>): Plugin => ({
  name: 'noted-sources',
  transform(_code, id) {
    const path = relative(root, id.split('?', 1)[0] ?? id)
    if (!path.startsWith('..') && !/^(\0|__vite)/.test(path) && !path.includes('node_modules/')) sources.add(path)
  },
})
