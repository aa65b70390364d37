import { spawn } from 'node:child_process'

/**
 * Runs a command and ends it when whoever started the tether is gone, however that ended: the tether's stdin is a pipe that its
 * starter never writes to, and the system closes it even after SIGKILL. PostgreSQL and ffmpeg would else survive.
 *
 *   node tether.ts STOP_SIGNAL COMMAND [ARGUMENT ...]
 */
const [stopSignal, command, ...args] = process.argv.slice(2)
if ((stopSignal !== 'SIGTERM' && stopSignal !== 'SIGINT') || command === undefined) {
  throw new Error('usage: tether.ts SIGTERM|SIGINT COMMAND [ARGUMENT ...]')
}

/** Longer than the services take to drain (shared/http/server.ts). */
const KILL_AFTER_MILLIS = 9_500

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
child.on('error', (error) => {
  console.error(error.message)
  process.exit(127)
})
child.on('exit', (code, signal) => process.exit(code ?? (signal === stopSignal ? 0 : 1)))

const stop = () => {
  child.kill(stopSignal)
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MILLIS).unref()
}
process.stdin.on('end', stop).on('error', stop).resume()
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
