import { randomInt } from 'node:crypto'

/**
 * An address of this machine that nobody else listens on, so that a port there stays free while nobody listens on it. Linux has all of
 * 127.0.0.0/8, other systems the first address only.
 */
export const loopbackAddress = (): string =>
  process.platform === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}` : '127.0.0.1'
