import type { Plugin } from 'esbuild'

const STAND_INS: Record<string, string> = {
  '@google-cloud/logging-api': `
    class LeftOut { static scopes = [] }
    exports.ConfigServiceV2Client = exports.LoggingServiceV2Client = exports.MetricsServiceV2Client = LeftOut`,
  'google-gax': `
    exports.GoogleAuth = class LeftOut {}`,
}

/**
 * Leaves the clients of the Cloud Logging API out of a bundle. logging-winston 7.1 builds them even when it writes to stdout, as
 * ours does (shared/logger.ts), and never calls them: Cloud Run reads the lines. Loading and building them took more than half of
 * the processor time of web's start. Only what @google-cloud/logging itself imports is replaced.
 */
export const leaveOutLoggingApi: Plugin = {
  name: 'leave-out-logging-api',
  setup(build) {
    build.onResolve({ filter: /^(google-gax|@google-cloud\/logging-api)$/ }, ({ path, importer }) =>
      /\/@google-cloud\/logging\/build\//.test(importer) ? { path, namespace: 'left-out' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: STAND_INS[path] ?? '',
      loader: 'js',
    }))
  },
}
