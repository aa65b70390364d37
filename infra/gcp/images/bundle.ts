import { build } from 'esbuild'
import { leaveOutLoggingApi } from './leave-out-logging-api.ts'

// What code that was CommonJS expects to find; esbuild gives an ECMAScript module none of it.
const COMMONJS_NAMES = `
import { createRequire as createRequire_ } from 'node:module'
const require = createRequire_(import.meta.url)
const __filename = import.meta.filename
const __dirname = import.meta.dirname
`

/**
 * Bundles a service's entries into `directory`: one file for each, and chunks beside them, so that what is imported late is also
 * read late. Packages with a program or native code of their own are left to be found in node_modules.
 */
export const bundle = async (options: {
  root: string
  entries: { in: string; out: string }[]
  external: string[]
  directory: string
}): Promise<void> => {
  await build({
    absWorkingDir: options.root,
    entryPoints: options.entries,
    outdir: options.directory,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    banner: { js: COMMONJS_NAMES },
    // pg asks for pg-native, which nobody installs, and does without.
    external: [...options.external, 'pg-native'],
    plugins: [leaveOutLoggingApi],
    // Comments and indentation are more than a third of the text that Node would read; names are kept for stack traces.
    minifyWhitespace: true,
    // Node quotes the whole line with an uncaught error.
    lineLimit: 200,
    legalComments: 'external',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  })
}
