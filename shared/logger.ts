import { LoggingWinston } from '@google-cloud/logging-winston'
import { createLogger, format, type Logger } from 'winston'
import { currentContext } from './http/request-context.ts'

/**
 * A logger that writes one JSON object a line to stdout, in the form that Cloud Logging reads on Cloud Run. Every line carries
 * the request id and the trace of the request that it belongs to; `err` fields keep class, code, message, stack and causes.
 */
export const makeLogger = (options: { projectId: string; service: string; version: string; level: string }): Logger =>
  createLogger({
    level: options.level,
    format: format.combine(requestFields(options.projectId)(), errorFields()),
    transports: [
      new LoggingWinston({
        projectId: options.projectId,
        redirectToStdout: true,
        useMessageField: false,
        serviceContext: { service: options.service, version: options.version },
      }),
    ],
  })

const requestFields = (projectId: string) =>
  format((line) => {
    const context = currentContext()
    if (context === undefined) return line
    line.requestId = context.requestId
    line[LoggingWinston.LOGGING_TRACE_KEY] = `projects/${projectId}/traces/${context.traceId}`
    line[LoggingWinston.LOGGING_SPAN_KEY] = context.spanId
    line[LoggingWinston.LOGGING_SAMPLED_KEY] = context.sampled
    return line
  })

// logging-winston 7.1 turns an Error inside the fields into {}.
const errorFields = format((line) => {
  if (line.err instanceof Error) line.err = describeError(line.err)
  return line
})

type ErrorDescription = { name: string; message: string; code?: string; stack?: string; cause?: ErrorDescription }

const describeError = (error: Error): ErrorDescription => ({
  name: error.name,
  message: redactTokens(error.message),
  ...('code' in error &&
    (typeof error.code === 'string' || typeof error.code === 'number') && { code: String(error.code) }),
  ...(error.stack !== undefined && { stack: redactTokens(error.stack) }),
  ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
})

// google-auth-library quotes the whole JWT in its messages.
const redactTokens = (text: string): string => text.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
